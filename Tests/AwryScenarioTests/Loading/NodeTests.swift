// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Testing

@testable import AwryScenario

struct NodeTests {
    private func document(_ text: String, name: String = "a.yaml") throws -> Node {
        let report = Report()
        let documents = DocumentReader.documents(of: SourceText(name: name, text: text), report: report)
        #expect(report.diagnostics == [])
        return try #require(documents.first)
    }

    private func mistakes(_ text: String, name: String = "a.yaml") -> [String] {
        let report = Report()
        _ = DocumentReader.documents(of: SourceText(name: name, text: text), report: report)
        return report.diagnostics.map { "\($0.location.line):\($0.location.column): \($0.message)" }
    }

    /// Every place in a node, in order: `key@1:1`, `text@1:6`.
    private func places(_ node: Node) -> [String] {
        func at(_ place: AwryScenario.SourceLocation) -> String { "@\(place.line):\(place.column)" }
        var places: [String] = []
        switch node.content {
        case .scalar(let scalar): places.append(scalar.text + at(node.location))
        case .sequence(let elements):
            places.append("[" + at(node.location))
            for element in elements { places += self.places(element) }
        case .mapping(let entries):
            places.append("{" + at(node.location))
            for entry in entries {
                places.append(entry.key + at(entry.keyLocation))
                places += self.places(entry.value)
            }
        }
        return places
    }

    @Test func everyNodeKnowsItsPlaceInYAML() throws {
        let node = try document("# é\nä: [ü, \"x y\"]\nb:\n  - c: |\n      d\n  - ''\n")
        #expect(
            places(node) == [
                "{@2:1", "ä@2:1", "[@2:4", "ü@2:5", "x y@2:8", "b@3:1", "[@4:3", "{@4:5", "c@4:5", "d\n@4:8", "@6:5",
            ])
    }

    @Test func everyNodeKnowsItsPlaceInJSON() throws {
        let node = try document("{\"ä\": [1,\n  \"\\ud83d\\ude00\"],\n \"b\": {}}", name: "a.json")
        #expect(places(node) == ["{@1:1", "ä@1:2", "[@1:7", "1@1:8", "😀@2:3", "b@3:2", "{@3:7"])
    }

    @Test(arguments: [
        ("{scenario: a, rules: []}", "a.yaml"), ("\n  {\"scenario\": \"a\", \"rules\": []}", "<body>"),
        ("{\"scenario\": a, rules: []}", "a.yaml"), ("\u{FEFF}scenario: a\nrules: []", "a.yaml"),
        ("scenario: a\r\nrules: []\r\n", "a.yml"), ("%YAML 1.2\n---\nscenario: a\nrules: []\n...\n", "a.yml"),
    ])
    func takesEitherNotation(text: String, name: String) throws {
        #expect(try document(text, name: name).plainValue == ["scenario": "a", "rules": []])
    }

    @Test func readsSeveralDocuments() {
        let source = SourceText(name: "a.yaml", text: "---\na: 1\n---\n# nothing\n---\nb: 2\n")
        let documents = DocumentReader.documents(of: source, report: Report())
        #expect(documents.map(\.plainValue) == [["a": 1], ["b": 2]])
    }

    @Test func mergesAsUsersExpect() throws {
        let node = try document(
            "a: &a { x: 1, y: 1 }\nb: &b { y: 2, z: 2 }\nc: { <<: [*a, *b], x: 3 }\nd: { '<<': 1 }\ne: *b")
        #expect(node.value("c")?.plainValue == ["x": 3, "y": 1, "z": 2])
        #expect(node.value("d")?.plainValue == ["<<": 1])
        #expect(node.value("e")?.plainValue == ["y": 2, "z": 2])
    }

    static let scalars: [(String, Value)] = [
        ("yes", "yes"), ("no", "no"), ("on", "on"), ("true", true), ("True", true), ("FALSE", false), ("~", .null),
        ("null", .null), ("012", 12), ("0o17", 15), ("0x1F", 31), ("1_000", "1_000"), ("1e3", .double(1000)),
        (".5", .double(0.5)), (".inf", .double(.infinity)), ("12:30:45", "12:30:45"), ("'1'", "1"),
        ("\"true\"", "true"),
        ("!!str 5", "5"), ("!!int \"5\"", 5), ("2026-03-01", "2026-03-01"), ("0x", "0x"), ("+5", 5), ("inf", "inf"),
        ("nan", "nan"), ("99999999999999999999", .double(1e20)), ("-", "-"), ("0x-5", "0x-5"),
    ]

    @Test(arguments: scalars)
    func readsTheCoreSchema(text: String, value: Value) throws {
        // `- -` would begin a list.
        let written = text == "-" ? "a: '-'" : "a: \(text)"
        #expect(try document(written).value("a")?.plainValue == value)
    }

    @Test(arguments: [
        ("{\"a\": 01}", "1:7: not JSON: expected a value; a text needs double quotes"),
        ("{\"a\": \"\t\"}", "1:8: not JSON: a control character in a text must be escaped"),
        ("{\"a\": \"x", "1:7: not JSON: this quotation mark is never closed"),
        ("{\"a\": \"\\q\"}", "1:9: not JSON: no such escape"),
        ("[1,]", "1:4: not JSON: a comma before this `]`"), ("[1] 2", "1:5: not JSON: expected the end of the text"),
        ("{\"a\" 1}", "1:6: not JSON: expected `:` after a name"),
        ("", "1:1: nothing in it; a scenario begins with `scenario: name`"),
    ])
    func refusesWhatIsNotJSON(text: String, mistake: String) {
        #expect(mistakes(text, name: "a.json") == [mistake])
    }

    @Test func boundsWhatItReads() {
        let deep = String(repeating: "[", count: 100_000)
        #expect(mistakes(deep, name: "a.json") == ["1:102: not JSON: nested deeper than 100"])
        #expect(mistakes("a: " + deep).count == 1)
        let wide = "[" + String(repeating: "1,", count: DocumentLimits.nodes) + "1]"
        #expect(mistakes(wide, name: "a.json").count == 1)
        let chain = (1...60).map { "a\($0): &a\($0) [*a\($0 - 1), x]\n" }.joined()
        #expect(mistakes("a0: &a0 [x]\n" + chain).isEmpty)
        let longChain = (1...120).map { "a\($0): &a\($0) [*a\($0 - 1), x]\n" }.joined()
        #expect(mistakes("a0: &a0 [x]\n" + longChain).first?.hasSuffix("nested deeper than 100") == true)
    }
}
