// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Values as YAML that the scenario loader reads back as they were.
public enum YAMLText {
    /// The longest list or mapping that stands on one line, in bytes.
    private static let longest = 72
    /// What YAML, of any version, takes for something else than a text.
    private static let words: Set<String> = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"]

    /// A mapping's lines, each with so many spaces before it.
    public static func lines(_ fields: Fields, indent: Int) -> String {
        let space = String(repeating: " ", count: indent)
        return fields.map { space + scalar($0.name) + ":" + after($0.value, indent: indent) }.joined()
    }

    /// An element of a block list.
    public static func element(_ value: Value, indent: Int) -> String {
        let space = String(repeating: " ", count: indent)
        if let fields = value.fields, !fields.isEmpty {
            return space + "- " + lines(fields, indent: indent + 2).dropFirst(indent + 2)
        }
        return space + "-" + after(value, indent: indent)
    }

    /// What follows a key or a dash, to the end of the line or over the lines below.
    private static func after(_ value: Value, indent: Int) -> String {
        if let text = flow(value) { return " \(text)\n" }
        switch value {
        case .structure(let fields): return "\n" + lines(fields, indent: indent + 2)
        case .list(let elements): return "\n" + elements.map { element($0, indent: indent + 2) }.joined()
        default: return " \(scalar(value))\n"
        }
    }

    /// On one line; nil where that would be long, or deep.
    private static func flow(_ value: Value) -> String? {
        let text: String
        switch value {
        case .list(let elements):
            if elements.contains(where: isContainer) { return nil }
            text = "[" + elements.map(scalar).joined(separator: ", ") + "]"
        case .structure(let fields):
            if fields.contains(where: { isContainer($0.value) }) { return nil }
            if fields.isEmpty { return "{}" }
            text = "{ " + fields.map { "\(scalar($0.name)): \(scalar($0.value))" }.joined(separator: ", ") + " }"
        default: return scalar(value)
        }
        return text.utf8.count <= longest ? text : nil
    }

    private static func isContainer(_ value: Value) -> Bool { value.list != nil || value.fields != nil }

    private static func scalar(_ value: Value) -> String {
        if case .string(let text) = value { return scalar(text) }
        return JSON.text(value)
    }

    /// A text, in quotes unless it is a plain word.
    static func scalar(_ text: String) -> String {
        let isPlain =
            text.utf8.count <= 128 && !words.contains(text.lowercased())
            && text.utf8.first.map { Character(Unicode.Scalar($0)).isLetter } == true
            && text.utf8.allSatisfy { $0.isAlphanumeric || "._-".utf8.contains($0) }
        return isPlain ? text : RecordingText.quoted(text)
    }
}
