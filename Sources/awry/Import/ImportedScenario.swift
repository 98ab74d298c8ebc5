// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel
import AwryScenario
import AwryServer

/// A rule taken over from another tool.
struct ImportedRule {
    /// Where it stands in the other tool's file, for people.
    var place: String
    /// What is to be known of it, foremost what could not be taken over.
    var notes: [String] = []
    /// As a scenario's `rules` have it; nil where nothing could be taken over.
    var rule: Fields?
}

/// A scenario taken over from another tool.
struct ImportedScenario {
    var name: String
    var description: String
    var notes: [String] = []
    var rules: [ImportedRule]

    /// A text as the name of a scenario.
    static func name(_ text: String) -> String {
        let letters = text.lowercased().utf8.map { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): byte
            default: UInt8(ascii: "-")
            }
        }
        let words = letters.split(separator: UInt8(ascii: "-")).map { String(decoding: $0, as: UTF8.self) }
        return words.isEmpty ? "imported" : String(words.joined(separator: "-").prefix(100))
    }

    /// A text as a template that gives this text.
    static func template(_ text: String) -> String { text.replacing("${", with: "$${") }

    /// A text as a pattern that matches just it.
    static func exactly(_ text: String) -> Value {
        text.utf8.contains { "*?\\".utf8.contains($0) } ? ["equals": .string(text)] : .string(text)
    }

    /// What is said of keys that are none of these.
    static func leftOut(_ fields: Fields, except known: [String], of place: String) -> [String] {
        fields.names.filter { !known.contains($0) }.map {
            "`\($0)` of \(place) is not taken over: a rule has nothing like it"
        }
    }
}

/// Imported scenarios as one file's text.
///
/// A rule that the loader would refuse stands in it as a comment, so that the file as a whole loads.
struct ImportText {
    /// The scenarios, in YAML.
    private(set) var text = ""
    /// All notes, in the order of the text.
    private(set) var notes: [String] = []
    private let loader = ScenarioLoader(catalogue: .shared, isFaked: Fakes.knows)

    init(_ scenarios: [ImportedScenario]) {
        for (index, scenario) in scenarios.enumerated() {
            if index > 0 { text += "---\n" }
            text += YAMLText.lines(
                ["scenario": .string(scenario.name), "description": .string(scenario.description)], indent: 0)
            for note in scenario.notes { add(note, indent: "") }
            let rules = scenario.rules.map { ($0, $0.rule.flatMap(mistake)) }
            text += rules.contains { $0.0.rule != nil && $0.1 == nil } ? "rules:\n" : "rules: []\n"
            for (rule, mistake) in rules { add(rule, mistake) }
        }
    }

    private mutating func add(_ rule: ImportedRule, _ mistake: String?) {
        for note in rule.notes { add(note, indent: "  ") }
        guard let fields = rule.rule else { return }
        let lines = YAMLText.element(.structure(fields), indent: 2)
        guard let mistake else {
            text += lines
            return
        }
        add("\(rule.place) is left out: \(mistake)", indent: "  ")
        for line in lines.split(separator: "\n") { text += RecordingText.comment(String(line)) }
    }

    private mutating func add(_ note: String, indent: String) {
        notes.append(note)
        text += indent + RecordingText.comment(note)
    }

    /// What the loader has against a rule.
    private func mistake(_ rule: Fields) -> String? {
        let text = "scenario: imported\nrules:\n" + YAMLText.element(.structure(rule), indent: 2)
        do throws(LoadFailure) {
            _ = try loader.load([SourceText(name: "imported", text: text)])
            return nil
        } catch {
            return error.diagnostics.filter { $0.severity == .mistake }.map(\.message).joined(separator: "; ")
        }
    }
}
