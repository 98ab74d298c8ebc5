// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// A recording as a scenario's text, and the files beside it.
public struct RecordingText: Sendable {
    /// Longer bodies, and those that are no text, are files of their own.
    static let longestText = 8 << 10

    /// The scenario, in YAML.
    public private(set) var text = ""
    /// What stands in the folder `bodies`, in the order of the rules.
    public private(set) var files: [(name: String, bytes: [UInt8])] = []

    /// The text of a recording. The same calls with the same answers give the same text.
    public init(_ recording: Recording) {
        text = "scenario: recorded\ndescription: What an upstream answered, written by --record.\n"
        for line in recording.unknown {
            text += Self.comment("not recorded, since nobody knows what it means: \(line)")
        }
        text += "rules:\n"
        let ordered = recording.ordered
        for entry in ordered { add(entry, tellsRegion: recording.regions.count > 1) }
        if ordered.isEmpty { text.replace("rules:\n", with: "rules: []\n") }
    }

    private mutating func add(_ entry: Recording.Entry, tellsRegion: Bool) {
        text += "  - match:\n      service: \(entry.service)\n      operation: \(entry.operation)\n"
        if tellsRegion { text += "      region: \(Self.quoted(entry.region))\n" }
        if let match = entry.match {
            if !match.lines.isEmpty { text += "      params:\n" }
            for line in match.lines { text += "        \(Self.quoted(line.path)): \(line.pattern)\n" }
            for path in match.hidden { text += "        " + Self.comment("\(path) is left out: it is secret") }
        } else {
            text += "      " + Self.comment("its parameters could not be read")
        }
        if entry.steps.count == 1 {
            text += outcome(entry.steps[0].answer, indent: "    ")
            return
        }
        text += "    then: last\n    sequence:\n"
        for step in entry.steps {
            text += "      -\n" + outcome(step.answer, indent: "        ")
            if step.times > 1 { text += "        times: \(step.times)\n" }
        }
    }

    private mutating func outcome(_ answer: RecordedCall.Answer, indent: String) -> String {
        switch answer {
        case .error(let code, let message, let status, let isVerbatim):
            var text = "\(indent)error:\n\(indent)  code: \(Self.quoted(code))\n\(indent)  status: \(status)\n"
            if let message {
                text += "\(indent)  message: \(Self.quoted(RecordedCall.Answer.escaped(message)))\n"
            }
            return text + (isVerbatim ? "\(indent)  verbatim: true\n" : "")
        case .stub(let note):
            return "\(indent)\(Self.comment(note + ": what stands here is made up"))\(indent)respond: {}\n"
        case .output(let output):
            return YAMLText.lines(["respond": output], indent: indent.utf8.count)
        case .raw(let status, let headers, let body, let notes):
            var text = notes.map { indent + Self.comment($0) }.joined()
            text += "\(indent)raw:\n\(indent)  status: \(status)\n"
            if !headers.isEmpty {
                text += "\(indent)  headers:\n"
                for header in headers {
                    text += "\(indent)    - [\(Self.quoted(header.name)), \(Self.quoted(header.value))]\n"
                }
            }
            return text + (body.count == 0 ? "" : "\(indent)  \(self.body(body))\n")
        }
    }

    private mutating func body(_ body: RecordedCall.Body) -> String {
        let bytes: [UInt8]
        switch body {
        case .text(let text): return "body: \(Self.quoted(text))"
        case .bytes(let all) where all.count <= 256: return "body: { $base64: \(Self.quoted(Base64.text(all))) }"
        case .bytes(let all): bytes = all
        }
        if let known = files.first(where: { $0.bytes == bytes }) { return "file: bodies/\(known.name)" }
        let number = String(files.count + 1)
        let name = String(repeating: "0", count: max(0, 4 - number.count)) + number + ".bin"
        files.append((name, bytes))
        return "file: bodies/\(name)"
    }

    /// A text as a comment of one line, with its line feed.
    public static func comment(_ text: String) -> String {
        "# " + String(String.UnicodeScalarView(text.unicodeScalars.map { isPrinted($0) ? $0 : "?" })) + "\n"
    }

    /// A text in YAML's double quotes (YAML 1.2, 5.7 and 7.3.1).
    static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            default:
                if isPrinted(scalar) {
                    quoted.unicodeScalars.append(scalar)
                } else {
                    let digits = String(scalar.value, radix: 16)
                    quoted += "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
                }
            }
        }
        return quoted + "\""
    }

    /// Whether YAML lets it stand as it is, on one line.
    private static func isPrinted(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20...0x7E, 0xA0...0x2027, 0x202A...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD, 0x10000...0x10FFFF: true
        default: false
        }
    }
}
