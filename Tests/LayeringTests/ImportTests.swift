// SPDX-License-Identifier: Apache-2.0

import Testing

/// SwiftPM lets a target import a sibling that it does not declare, so the table of layers is enforced here.
struct ImportTests {
    /// What each module may import beside the standard library and the platform.
    static let table: [String: Set<String>] = [
        "AwryCore": ["CPCRE2", "OrderedCollections"],
        "AwryXML": ["CXML"],
        "AwryDigest": ["CZlib", "Crypto", "CryptoExtras"],
        "AwryHTTP": ["AwryCore"],
        "AwryModel": ["AwryCore", "CModels"],
        "AwryPolicy": ["AwryCore"],
        "AwryTransport": ["AwryHTTP", "AwryCore", "CLinux", "COpenSSL", "HeapModule"],
        "AwryWire": ["AwryHTTP", "AwryModel", "AwryCore", "AwryDigest", "AwryXML"],
        "AwryScenario": ["AwryModel", "AwryPolicy", "AwryCore", "CYAML", "OrderedCollections"],
        "AwryServices": [
            "AwryModel", "AwryPolicy", "AwryDigest", "AwryXML", "AwryCore", "HeapModule", "OrderedCollections",
        ],
        "AwryServer": [
            "AwryTransport", "AwryWire", "AwryScenario", "AwryServices", "AwryHTTP", "AwryModel", "AwryPolicy",
            "AwryDigest", "AwryXML", "AwryCore",
        ],
        "AwryControl": ["AwryScenario", "AwryHTTP", "AwryModel", "AwryCore"],
        "awry": [
            "AwryServer", "AwryControl", "AwryTransport", "AwryWire", "AwryScenario", "AwryServices",
            "AwryHTTP", "AwryModel", "AwryCore", "ArgumentParser", "CGuide", "CLinux",
        ],
        "awry-models": ["AwryModel", "AwryCore", "CZlib", "ArgumentParser", "Foundation"],
    ]

    /// Part of the platform. Foundation itself is not: it costs the server's start-up more than its own code does.
    static let platform: Set<String> = ["Glibc", "Dispatch", "Synchronization", "FoundationEssentials", "Swift"]

    @Test func everyImportIsOfALowerLayer() throws {
        let files = try SourceTree.files(below: "Sources", endings: ["swift"])
        #expect(files.count > 20)
        for file in files {
            guard let allowed = Self.table[file.module] else {
                Issue.record("\(file.path): module \(file.module) is not in the table of layers")
                continue
            }
            for (number, line) in file.lines.enumerated() {
                guard let imported = Self.importedModule(line) else { continue }
                #expect(
                    allowed.contains(imported) || Self.platform.contains(imported),
                    "\(file.path):\(number + 1): \(file.module) may not import \(imported)")
            }
        }
    }

    private static func importedModule(_ line: Substring) -> String? {
        var words = line.split(separator: " ")
        while let first = words.first, first.hasPrefix("@") || ["public", "internal", "private"].contains(first) {
            words.removeFirst()
        }
        guard words.first == "import", words.count >= 2 else { return nil }
        let kinds: Set<Substring> = ["struct", "class", "enum", "func", "protocol", "typealias", "let", "var"]
        let name = kinds.contains(words[1]) && words.count > 2 ? words[2] : words[1]
        return name.split(separator: ".").first.map(String.init)
    }
}
