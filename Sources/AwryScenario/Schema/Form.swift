// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// What may stand at a place of the language. The loader's key tables and the JSON Schema are both made of these.
indirect enum Form: Sendable {
    /// Any text; numbers and booleans stand for their source text.
    case text
    /// A text in which `${…}` is filled in.
    case template
    /// A text of this form, with words for it: "a duration such as …".
    case formed(TextForm)
    case boolean
    case integer(min: Int, max: Int?)
    case number(min: Double, max: Double)
    case choice([String])
    case null
    case list(Form)
    case either([Form])
    /// Exactly these keys.
    case keys(KeyTable)
    /// Any keys, each with such a value.
    case map(Form)
    /// Another table or form, by name: what is recursive must be named.
    case named(Name)
    case anything

    /// What has a definition of its own in the schema.
    enum Name: String, Sendable, CaseIterable {
        case pattern, match, error, step, value, delay, connection, texts, headers
    }

    /// One of a form, or a list of them.
    static func oneOrMore(_ form: Form) -> Form { .either([form, .list(form)]) }
}

/// Texts that have a form of their own.
enum TextForm: Sendable, CaseIterable {
    case duration, negativeDuration, seconds, durationRange, rate, bandwidth, positions, count, moment, httpDate
    case shorthand, name, account, environmentName

    /// What is expected, for messages.
    var wanted: String {
        switch self {
        case .duration, .negativeDuration: DurationText.wanted
        case .seconds: "seconds, or " + DurationText.wanted
        case .durationRange: "a range of durations such as `0-1s`"
        case .rate: RateText.wanted
        case .bandwidth: BandwidthText.wanted
        case .positions: PositionsText.wanted
        case .count: CountText.wanted
        case .moment: MomentText.wantedISO
        case .httpDate: MomentText.wantedHTTP
        case .shorthand: "service.Operation, such as `s3.GetObject` or `s3.*`"
        case .name: "a name of letters, digits, `.`, `_` and `-`"
        case .account: "an account of 12 digits"
        case .environmentName: "a variable's name"
        }
    }

    /// A regular expression (ECMA 262) that editors check by; the loader's own parsers are stricter.
    var pattern: String {
        switch self {
        case .duration: "^(0|([0-9.]+ *(us|µs|ms|s|m|h|d))+)$"
        case .negativeDuration: "^-?(0|([0-9.]+ *(us|µs|ms|s|m|h|d))+)$"
        case .seconds: "^([0-9.]+|([0-9.]+ *(us|µs|ms|s|m|h|d))+)$"
        case .durationRange: "^[0-9.]+ *[a-zµ]*-[0-9.]+ *[a-zµ]+$"
        case .rate: "^[0-9.]+ */ *(s|sec|second|m|min|minute|h|hour|d|day)$"
        case .bandwidth: "^[0-9.]+ *([kKMG]i?)?B/s$"
        case .positions: "^ *[0-9]+ *(- *[0-9]*)? *(, *[0-9]+ *(- *[0-9]*)? *)*$"
        case .count: "^[0-9]+(-[0-9]*)?$"
        case .moment: "^[0-9]{4}-[0-9]{2}-[0-9]{2}"
        case .httpDate: "^[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2} GMT$"
        case .shorthand: "^[^.]+\\..+$"
        case .name: "^[A-Za-z0-9._-]{1,128}$"
        case .account: "^[0-9]{12}$"
        case .environmentName: "^[A-Za-z_][A-Za-z0-9_]*$"
        }
    }

    /// Whether a plain number may stand there.
    var takesNumbers: Bool { [.seconds, .positions, .count, .account].contains(self) }

    /// Reads the text only to see whether it can be read.
    func check(_ text: String) throws(TextMistake) {
        switch self {
        case .duration: _ = try DurationText.parse(text)
        case .negativeDuration: _ = try DurationText.parse(text, mayBeNegative: true)
        case .seconds: _ = try DurationText.parseSeconds(text)
        case .durationRange: _ = try DurationText.parseRange(text)
        case .rate: _ = try RateText.parse(text)
        case .bandwidth: _ = try BandwidthText.parse(text)
        case .positions: _ = try PositionsText.parse(text)
        case .count: _ = try CountText.parse(text)
        case .moment: _ = try MomentText.parseISO(text)
        case .httpDate: _ = try MomentText.parseHTTP(text)
        case .shorthand:
            let parts = text.split(separator: ".", maxSplits: 1)
            guard parts.count == 2 else { throw .expected(wanted, text) }
        case .name:
            let isFine = text.utf8.allSatisfy { TextForm.isNameByte($0) }
            guard isFine, (1...128).contains(text.utf8.count) else { throw .expected(wanted, text) }
        case .account:
            guard AccountID.isValid(text) else { throw .expected(wanted, text) }
        case .environmentName:
            let isFine = text.utf8.allSatisfy { TextForm.isNameByte($0) && $0 != 0x2E && $0 != 0x2D }
            guard isFine, let first = text.utf8.first, !first.isDigit else {
                throw .expected(wanted, text)
            }
        }
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        byte.isAlphanumeric || "._-".utf8.contains(byte)
    }
}

/// The keys of one kind of mapping.
struct KeyTable: Sendable {
    /// "a rule".
    let noun: String
    let keys: [Key]
    /// Of these, one must be there.
    var required: [String] = []
    /// Of these, one at most may be there.
    var exclusive: [String] = []
    /// What else may stand there: keys of this form, with such values.
    var others: (form: TextForm, summary: String, value: Form)?
    /// What to say of keys that people write here and that belong elsewhere.
    var hints: [String: String] = [:]

    /// One key.
    struct Key: Sendable {
        let name: String
        /// A few words for editors.
        let summary: String
        let form: Form
        /// Parsed and checked, but not built yet.
        var isLater = false

        init(_ name: String, _ summary: String, _ form: Form, isLater: Bool = false) {
            self.name = name
            self.summary = summary
            self.form = form
            self.isLater = isLater
        }
    }

    var names: [String] { keys.map(\.name) }

    subscript(name: String) -> Key? { keys.first { $0.name == name } }
}
