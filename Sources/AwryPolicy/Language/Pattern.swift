// SPDX-License-Identifier: Apache-2.0

import Glibc

/// A text of a policy as it is compared with what a request holds: `*` any run of characters, `?` one of them, and
/// policy variables (`${aws:username}`, with a default `${aws:PrincipalTag/team, 'none'}`; `${*}`, `${?}`, `${$}` stand
/// for the characters themselves).
///
/// What a variable stands for is taken literally: a `*` in it is no wildcard.
struct Pattern: Sendable, Hashable {
    /// What can stand in a text.
    enum Piece: Sendable, Hashable {
        case literal([UInt8])
        case one
        case run
        case variable(Variable)
    }

    /// A reference to a value of the request.
    struct Variable: Sendable, Hashable {
        /// The condition key's name, in lower case.
        let key: String
        /// What stands for it where the request has no such value.
        let standard: String?
    }

    /// How a text is read.
    struct Reading: OptionSet {
        let rawValue: Int
        /// `*` and `?` are wildcards.
        static let wildcards = Reading(rawValue: 1)
        /// `${…}` is a policy variable, as version 2012-10-17 has them.
        static let variables = Reading(rawValue: 2)
    }

    /// The text as written.
    let text: String
    private let pieces: [Piece]
    /// Whether letters' case is ignored (ASCII only, as in actions and the operators that say so).
    private let ignoresCase: Bool
    /// What must stand at the beginning, whatever the request holds.
    let prefix: [UInt8]
    /// Whether the prefix is all there is, or a run alone follows it.
    private let tail: Tail

    private enum Tail {
        case nothing, run, more
    }

    init(_ text: String, _ reading: Reading, ignoringCase: Bool = false) {
        self.text = text
        ignoresCase = ignoringCase
        var pieces = PatternReader.pieces(of: text, reading)
        if ignoringCase { pieces = pieces.map(Pattern.folded) }
        self.pieces = pieces
        if case .literal(let bytes)? = pieces.first { prefix = bytes } else { prefix = [] }
        let rest = prefix.isEmpty ? pieces[...] : pieces.dropFirst()
        tail = rest.isEmpty ? .nothing : rest.elementsEqual([.run]) ? .run : .more
    }

    /// Whether everything matches.
    var matchesAll: Bool { prefix.isEmpty && tail == .run }

    /// The keys of the variables in it.
    var variables: [String] {
        pieces.compactMap { if case .variable(let variable) = $0 { variable.key } else { nil } }
    }

    /// Whether the whole of `subject` matches; false where a variable in the pattern stands for nothing.
    func matches(_ subject: [UInt8], _ keys: any ConditionKeys) -> Bool {
        switch tail {
        case .nothing: return subject.count == prefix.count && begins(subject)
        case .run: return begins(subject)
        case .more:
            guard begins(subject), let pieces = filled(keys) else { return false }
            return PatternMatch(pieces: pieces, subject: subject, ignoresCase: ignoresCase).holds
        }
    }

    private func begins(_ subject: [UInt8]) -> Bool {
        guard subject.count >= prefix.count else { return false }
        if ignoresCase { return zip(prefix, subject).allSatisfy { $0 == Pattern.lower($1) } }
        return prefix.withUnsafeBytes { wanted in
            subject.withUnsafeBytes { came in
                guard let wanted = wanted.baseAddress, let came = came.baseAddress else { return true }
                return memcmp(wanted, came, prefix.count) == 0
            }
        }
    }

    private func filled(_ keys: any ConditionKeys) -> [Piece]? {
        var filled = pieces
        for (index, piece) in pieces.enumerated() {
            guard case .variable(let variable) = piece else { continue }
            // A key of several values cannot stand in a text.
            let values = keys.values(of: variable.key) ?? []
            guard let value = values.count == 1 ? values[0] : variable.standard else { return nil }
            let literal = Piece.literal(Array(value.utf8))
            filled[index] = ignoresCase ? Pattern.folded(literal) : literal
        }
        return filled
    }

    private static func folded(_ piece: Piece) -> Piece {
        if case .literal(let bytes) = piece { .literal(bytes.map(lower)) } else { piece }
    }

    static func lower(_ byte: UInt8) -> UInt8 {
        (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
    }
}

/// Cuts a text into a pattern's pieces.
private enum PatternReader {
    static func pieces(of text: String, _ reading: Pattern.Reading) -> [Pattern.Piece] {
        let bytes = Array(text.utf8)
        var pieces: [Pattern.Piece] = []
        var literal: [UInt8] = []
        var at = 0
        func append(_ piece: Pattern.Piece) {
            if !literal.isEmpty { pieces.append(.literal(literal)) }
            literal = []
            if piece != .run || pieces.last != .run { pieces.append(piece) }
        }
        while at < bytes.count {
            let byte = bytes[at]
            if reading.contains(.variables), byte == UInt8(ascii: "$"),
                let end = end(of: bytes, from: at)
            {
                switch variable(bytes[(at + 2)..<end]) {
                case .literal(let escaped): literal += escaped
                case let piece: append(piece)
                }
                at = end + 1
                continue
            }
            switch byte {
            case UInt8(ascii: "*") where reading.contains(.wildcards): append(.run)
            case UInt8(ascii: "?") where reading.contains(.wildcards): append(.one)
            default: literal.append(byte)
            }
            at += 1
        }
        if !literal.isEmpty { pieces.append(.literal(literal)) }
        return pieces
    }

    /// Where the brace closes that opens behind the `$` at a place.
    private static func end(of bytes: [UInt8], from at: Int) -> Int? {
        guard at + 1 < bytes.count, bytes[at + 1] == UInt8(ascii: "{") else { return nil }
        return bytes[(at + 2)...].firstIndex(of: UInt8(ascii: "}"))
    }

    private static func variable(_ body: ArraySlice<UInt8>) -> Pattern.Piece {
        if body.count == 1, let only = body.first, "*?$".utf8.contains(only) { return .literal([only]) }
        let parts = body.split(separator: UInt8(ascii: ","), maxSplits: 1)
        let name = parts.first.map { trimmed($0) } ?? []
        var standard: String?
        if parts.count == 2 {
            let quoted = trimmed(parts[1])
            let isQuoted = quoted.count >= 2 && quoted.first == UInt8(ascii: "'") && quoted.last == UInt8(ascii: "'")
            standard = String(decoding: isQuoted ? quoted.dropFirst().dropLast() : quoted, as: UTF8.self)
        }
        return .variable(Pattern.Variable(key: String(decoding: name, as: UTF8.self).lowercased(), standard: standard))
    }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let start = bytes.drop { $0 == 0x20 }
        return start.prefix(upTo: start.lastIndex { $0 != 0x20 }.map { $0 + 1 } ?? start.startIndex)
    }
}

/// The walk over a subject: linear in subject times wildcards, for a run that fails is lengthened, never re-entered.
private struct PatternMatch {
    /// A byte, or one of the two wildcards.
    private static let (one, run): (UInt16, UInt16) = (0x100, 0x101)

    private let wanted: [UInt16]
    private let subject: [UInt8]
    private let ignoresCase: Bool

    init(pieces: [Pattern.Piece], subject: [UInt8], ignoresCase: Bool) {
        var wanted: [UInt16] = []
        for piece in pieces {
            switch piece {
            case .literal(let bytes): wanted += bytes.lazy.map { UInt16($0) }
            case .one: wanted.append(Self.one)
            case .run: wanted.append(Self.run)
            case .variable: break
            }
        }
        self.wanted = wanted
        self.subject = subject
        self.ignoresCase = ignoresCase
    }

    var holds: Bool {
        var (at, place) = (0, 0)
        var lastRun: (place: Int, at: Int)?
        while at < subject.count {
            if place < wanted.count, wanted[place] == Self.run {
                lastRun = (place, at)
                place += 1
            } else if place < wanted.count, let next = taken(wanted[place], at) {
                place += 1
                at = next
            } else if let run = lastRun {
                at = run.at + 1
                lastRun = (run.place, at)
                place = run.place + 1
            } else {
                return false
            }
        }
        return wanted[place...].allSatisfy { $0 == Self.run }
    }

    /// Where the subject goes on behind what is wanted; nil where something else stands there.
    private func taken(_ wanted: UInt16, _ at: Int) -> Int? {
        guard wanted == Self.one else {
            let byte = ignoresCase ? Pattern.lower(subject[at]) : subject[at]
            return UInt16(byte) == wanted ? at + 1 : nil
        }
        var end = at + 1
        // The rest of the character's bytes (RFC 3629, section 3).
        while end < subject.count, subject[end] & 0xC0 == 0x80 { end += 1 }
        return end
    }
}
