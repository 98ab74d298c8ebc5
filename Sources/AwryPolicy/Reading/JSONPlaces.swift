// SPDX-License-Identifier: Apache-2.0

/// One step from a value of a document to one inside it.
public enum PolicyStep: Sendable, Hashable {
    /// A member of a mapping, by its name.
    case member(String)
    /// An element of a list; of a value that is no list, the first is the value itself, as policies have it.
    case element(Int)
}

/// Finds where a value stands in a JSON text that was read before. Asked when there is a mistake to show, so values do
/// not carry their places with them.
enum JSONPlaces {
    /// The bytes of the value to which a path leads, or of the last one on the way that is there; nil in what is not
    /// JSON.
    static func range(of path: [PolicyStep], in text: [UInt8]) -> Range<Int>? {
        var walk = JSONWalk(text)
        walk.skipSpace()
        guard var range = walk.value() else { return nil }
        for step in path {
            guard let inner = JSONWalk(text, at: range.lowerBound).value(at: step) else { return range }
            range = inner
        }
        return range
    }

    /// Where it begins.
    static func place(of path: [PolicyStep], in text: [UInt8]) -> TextPlace {
        TextPlace(range(of: path, in: text)?.lowerBound ?? 0, in: text)
    }
}

/// A walk over a JSON text by brackets and quotes alone; depth is a number, not the stack's.
private struct JSONWalk {
    private let text: [UInt8]
    private var at: Int

    init(_ text: [UInt8], at: Int = 0) {
        self.text = text
        self.at = at
    }

    private var byte: UInt8? { at < text.count ? text[at] : nil }

    mutating func skipSpace() {
        while let byte, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { at += 1 }
    }

    /// The bytes of the value that begins here; the walk ends behind it.
    mutating func value() -> Range<Int>? {
        let start = at
        var depth = 0
        while let byte {
            switch byte {
            case UInt8(ascii: "\""): string()
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                at += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                if depth == 0 { return start < at ? start..<at : nil }
                depth -= 1
                at += 1
            case UInt8(ascii: ","), UInt8(ascii: ":"), 0x20, 0x0A, 0x0D, 0x09:
                if depth == 0 { return start..<at }
                at += 1
                continue
            default:
                at += 1
                continue
            }
            if depth == 0 { return start..<at }
        }
        return start < at ? start..<at : nil
    }

    private mutating func string() {
        at += 1
        while let byte, byte != UInt8(ascii: "\"") { at += byte == UInt8(ascii: "\\") ? 2 : 1 }
        at += 1
    }

    /// The bytes of the value inside this one to which a step leads.
    consuming func value(at step: PolicyStep) -> Range<Int>? {
        let isObject = byte == UInt8(ascii: "{")
        guard isObject || byte == UInt8(ascii: "[") else {
            if case .element(0) = step { return value() }
            return nil
        }
        if isObject, case .element(let index) = step { return index == 0 ? value() : nil }
        at += 1
        var found: Range<Int>?
        var index = 0
        while true {
            skipSpace()
            var name: String?
            if isObject {
                guard let bytes = value(), bytes.count >= 2 else { return found }
                name = String(decoding: text[(bytes.lowerBound + 1)..<(bytes.upperBound - 1)], as: UTF8.self)
                skipSpace()
                at += 1
                skipSpace()
            }
            guard let range = value() else { return found }
            switch step {
            case .member(let wanted): if name == wanted { found = range }
            case .element(let wanted): if index == wanted { return range }
            }
            index += 1
            skipSpace()
            guard byte == UInt8(ascii: ",") else { return found }
            at += 1
        }
    }
}
