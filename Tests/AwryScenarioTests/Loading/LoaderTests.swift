// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Foundation
import Testing

@testable import AwryScenario

struct LoaderTests {
    /// A folder of files that goes away with the test.
    private func folder(_ files: [String: String]) throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("awry-\(UUID().uuidString)")
        for (path, text) in files {
            let file = folder.appendingPathComponent(path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
        return folder
    }

    @Test func takesAFoldersFilesByByteOrder() throws {
        let folder = try folder([
            "b.yaml": "scenario: b", "a/z.yml": "scenario: az", "a.json": "{\"scenario\": \"a\"}",
            "B.YAML": "scenario: upper",
            ".hidden.yaml": "nonsense", "readme.md": "# no", "a-b/c.yaml": "scenario: abc",
        ])
        defer { try? FileManager.default.removeItem(at: folder) }
        let loaded = try Loading.loader.load(paths: [folder.path])
        #expect(loaded.scenarios.map(\.name) == ["upper", "abc", "a", "az", "b"])
        #expect(loaded.scenarios[3].location.file == folder.path + "/a/z.yml")
        let twice = try Loading.loader.load(paths: [folder.path + "/b.yaml", folder.path + "/"])
        #expect(twice.scenarios.map(\.name).first == "b")
    }

    @Test func readsFilesBesideTheScenario() throws {
        let folder = try folder([
            "a/s.yaml": "scenario: a\nrules:\n  - match: s3.GetObject\n    raw: { status: 200, file: ../data.bin }",
            "data.bin": "${not.a.template}",
        ])
        defer { try? FileManager.default.removeItem(at: folder) }
        let rule = try #require(try Loading.loader.load(paths: [folder.path + "/a"]).scenarios.first?.rules.first)
        guard case .raw(.message(_, _, _, .bytes(let bytes))) = rule.outcome else { throw TextMistake("no bytes") }
        #expect(bytes == Array("${not.a.template}".utf8))
    }

    @Test func largeFilesStayWhereTheyAre() throws {
        let folder = try folder([
            "coded.yaml":
                "scenario: a\nrules:\n  - match: s3.GetObject\n    "
                + "raw: { status: 200, headers: { Transfer-Encoding: chunked }, file: data.bin }",
            "plain.yaml": "scenario: b\nrules:\n  - match: s3.GetObject\n    raw: { status: 200, file: data.bin }",
            "data.bin": String(repeating: "x", count: 2 << 20),
        ])
        defer { try? FileManager.default.removeItem(at: folder) }
        let rules = try Loading.loader.load(paths: [folder.path]).scenarios.flatMap(\.rules)
        guard case .raw(.message(_, _, _, .bytes(let bytes))) = rules[0].outcome else { throw TextMistake("no bytes") }
        #expect(bytes.count == 2 << 20)
        guard case .raw(.message(_, _, _, .file(let file))) = rules[1].outcome else { throw TextMistake("no file") }
        #expect(file.size == 2 << 20)
    }

    @Test func tellsEverythingAtOnceInOrder() throws {
        let folder = try folder([
            "a.yaml": "scenario: same\nsed: 1", "b.yaml": "scenario: same\nrules: 5\nseed: x", "empty/notes.txt": "",
        ])
        defer { try? FileManager.default.removeItem(at: folder) }
        do {
            _ = try Loading.loader.load(paths: [
                folder.path, folder.path + "/empty", folder.path + "/none.yaml", "/dev/null",
            ])
            Issue.record("nothing was wrong")
        } catch {
            let lines = ScenarioCheck.render(error.diagnostics).split(separator: "\n").map {
                $0.replacingOccurrences(of: folder.path + "/", with: "")
            }
            #expect(
                lines == [
                    "empty:1:1: mistake: no *.yaml, *.yml or *.json in this folder",
                    "none.yaml:1:1: mistake: no such file or folder",
                    "/dev/null:1:1: mistake: neither a file nor a folder",
                    "a.yaml:2:1: mistake: unknown key `sed` in a scenario; did you mean `seed`?",
                    "b.yaml:1:11: mistake: two scenarios are called `same`; the first is at a.yaml:1",
                    "b.yaml:2:8: mistake: expected a list of rules, each begun by `- `, found the number 5",
                    "b.yaml:3:7: mistake: `seed` wants a whole number, found the text `x`",
                ])
        }
    }

    @Test func showsDiagnosticsAsValues() {
        let place = AwryScenario.SourceLocation(file: "a.yaml", line: 2, column: 3)
        #expect(
            ScenarioCheck.values([Diagnostic(.warning, place, "odd")])
                == [["file": "a.yaml", "line": 2, "column": 3, "severity": "warning", "message": "odd"]])
    }

    @Test func boundsWhatItTells() {
        let rule = "  - { match: s3.GetObject, errr: NoSuchKey }\n"
        let said = Loading.diagnostics("scenario: a\nrules:\n" + String(repeating: rule, count: 2000))
        #expect(said.count == Report.limit)
        #expect(said.last?.hasSuffix("what else is wrong is not shown: there are more than 499 remarks") == true)
        let many = "scenario: a\nrules:\n" + String(repeating: "  - {}\n", count: ScenarioDecoder.mostRules + 1)
        #expect(Loading.diagnostics(many) == ["3:3: mistake: more than 10000 rules"])
    }

    /// A text that is cut off, or has lost or doubled a piece, gives mistakes or a scenario, never a crash.
    @Test func survivesDamagedTexts() throws {
        var bytes: [UInt8] = []
        for name in ["quickstart/s3-and-sqs-say-no.yaml", "programs/loops-that-back-off.yaml"] {
            bytes += try FileAccess.read("\(Loading.fixtures)/\(name)", limit: 1 << 20) + Array("---\n".utf8)
        }
        for cut in stride(from: 0, to: bytes.count, by: 31) {
            _ = Loading.diagnostics(SourceText(name: "cut.yaml", bytes: Array(bytes[..<cut])))
            var changed = bytes
            changed.removeSubrange(cut..<min(cut + 3, bytes.count))
            _ = Loading.diagnostics(SourceText(name: "changed.yaml", bytes: changed))
        }
    }
}
