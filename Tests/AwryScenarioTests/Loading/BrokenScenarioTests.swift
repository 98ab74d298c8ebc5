// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import AwryScenario

/// Every file of `Fixtures/broken` holds one kind of mistake, and `NAME.expected` beside it what must be said of it.
struct BrokenScenarioTests {
    static let folder = Loading.fixtures + "/broken"
    static let names: [String] = {
        let found = (try? FileAccess.names(in: folder)) ?? []
        return found.filter { !$0.hasSuffix(".expected") && !$0.hasPrefix(".") }.sorted()
    }()

    @Test func thereAreManyKinds() {
        #expect(Self.names.count >= 100)
    }

    @Test(arguments: names)
    func saysWhatIsWrong(name: String) throws {
        let bytes = try FileAccess.read("\(Self.folder)/\(name)", limit: 1 << 20)
        let said = Loading.diagnostics(SourceText(name: name, bytes: bytes, folder: "."))
        let stem = name.split(separator: ".").dropLast().joined(separator: ".")
        let expected = try FileAccess.read("\(Self.folder)/\(stem).expected", limit: 1 << 20)
        #expect(said.map { $0 + "\n" }.joined() == String(decoding: expected, as: UTF8.self))
        #expect(!said.isEmpty)
    }
}
