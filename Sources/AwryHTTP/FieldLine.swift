// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Reads one header line: in heads, and in trailer sections.
enum FieldLine {
    /// The parts of the line that `range` holds, its CR LF left out.
    static func parse(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(Refusal) -> RequestHead.Field {
        let colon = tokenEnd(bytes, range)
        if colon == range.upperBound || bytes[colon] != UInt8(ascii: ":") || colon == range.lowerBound {
            throw mistake(bytes, range, at: colon)
        }
        let value = bytes.trimmed((colon + 1)..<range.upperBound)
        // A tab is one that a value may hold; few do, so each byte is judged only then.
        if bytes.extracting(value).withUnsafeBufferPointer(PlainText.hasControls) {
            for index in value where !ASCII.isFieldText(bytes[index]) {
                throw bytes[index] == ASCII.carriageReturn ? .bareCarriageReturn : .badHeaderValue
            }
        }
        return RequestHead.Field(name: range.lowerBound..<colon, value: value)
    }

    /// Where the token at the range's beginning ends.
    private static func tokenEnd(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int {
        bytes.withUnsafeBufferPointer { bytes in
            var end = range.lowerBound
            while end < range.upperBound, ASCII.isToken(bytes[end]) { end += 1 }
            return end
        }
    }

    /// Why the name that stopped being a token at `place` is none.
    private static func mistake(_ bytes: Span<UInt8>, _ range: Range<Int>, at place: Int) -> Refusal {
        guard place < range.upperBound else { return .badHeaderName }
        if bytes[place] == ASCII.carriageReturn { return .bareCarriageReturn }
        guard ASCII.isBlank(bytes[place]) else { return .badHeaderName }
        // RFC 9112 5.2 (obs-fold) where the line begins with it, 5.1 where only the colon follows.
        if place == range.lowerBound { return .foldedHeader }
        var next = place
        while next < range.upperBound, ASCII.isBlank(bytes[next]) { next += 1 }
        return next < range.upperBound && bytes[next] == UInt8(ascii: ":") ? .spaceBeforeColon : .badHeaderName
    }
}
