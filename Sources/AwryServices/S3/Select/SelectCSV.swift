// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Takes a CSV file apart as it comes.
struct SelectCSV {
    /// How the file is written ("CSVInput", Amazon S3 API Reference).
    struct Form: Sendable {
        var recordDelimiter = Array("\n".utf8)
        var fieldDelimiter = UInt8(ascii: ",")
        var quote: UInt8? = UInt8(ascii: "\"")
        var escape: UInt8? = UInt8(ascii: "\"")
        var comment: UInt8? = UInt8(ascii: "#")
        var mayQuoteDelimiters = false
    }

    /// The longest record ("OverMaxRecordSize").
    static let longestRecord = 1 << 20

    private enum State {
        case recordStart
        case fieldStart
        case field
        case quoted
        /// After a quotation mark inside a quoted field: its end, or the first of two.
        case quote
        case escaped
        case comment
    }

    private let form: Form
    private var state = State.recordStart
    private var fields: [String] = []
    private var field: [UInt8] = []
    private var length = 0
    private var offset = 0
    private var recordStart = 0

    init(_ form: Form) {
        self.form = form
    }

    /// Takes the next bytes; each record is given with the place of its first byte.
    mutating func take(
        _ bytes: ArraySlice<UInt8>, _ give: ([String], Int) throws(WireError) -> Void
    ) throws(WireError) {
        for byte in bytes {
            if state == .recordStart { recordStart = offset }
            offset += 1
            length += 1
            if length > Self.longestRecord { throw SelectErrors.recordTooLong }
            if try take(byte) { try end(give) }
        }
    }

    /// The file has ended.
    mutating func finish(_ give: ([String], Int) throws(WireError) -> Void) throws(WireError) {
        if state == .quoted || state == .escaped { throw SelectErrors.csv }
        try end(give)
    }

    /// Whether the record ends with this byte.
    private mutating func take(_ byte: UInt8) throws(WireError) -> Bool {
        let endsRecord = byte == form.recordDelimiter.last && (form.recordDelimiter.count == 1 || isAfterFirst)
        switch state {
        case .recordStart where byte == form.comment, .comment:
            if byte != form.recordDelimiter.last {
                state = .comment
                return false
            }
            length = 0
            state = .recordStart
            return false
        case .recordStart where byte == form.quote, .fieldStart where byte == form.quote: state = .quoted
        case .quoted:
            if byte == form.escape, form.escape != form.quote {
                state = .escaped
            } else if byte == form.quote {
                state = .quote
            } else if endsRecord, !form.mayQuoteDelimiters {
                return true
            } else {
                field.append(byte)
            }
        case .escaped:
            field.append(byte)
            state = .quoted
        case .quote where byte == form.quote && form.escape == form.quote:
            field.append(byte)
            state = .quoted
        case .recordStart, .fieldStart, .field, .quote:
            if endsRecord { return true }
            if byte == form.fieldDelimiter {
                try endField()
                state = .fieldStart
            } else {
                field.append(byte)
                state = .field
            }
        }
        return false
    }

    private var isAfterFirst: Bool { field.last == form.recordDelimiter.first }

    private mutating func endField() throws(WireError) {
        guard let text = String(validating: field, as: UTF8.self) else { throw SelectErrors.encoding }
        fields.append(text)
        field.removeAll(keepingCapacity: true)
    }

    private mutating func end(_ give: ([String], Int) throws(WireError) -> Void) throws(WireError) {
        let isEmpty = fields.isEmpty && field.isEmpty && state != .quote
        if form.recordDelimiter.count > 1, isAfterFirst { field.removeLast() }
        if form.recordDelimiter == [0x0A], field.last == 0x0D { field.removeLast() }
        let isBlank = isEmpty || fields.isEmpty && field.isEmpty && state == .field
        if !isBlank {
            try endField()
            try give(fields, recordStart)
        }
        fields.removeAll(keepingCapacity: true)
        field.removeAll(keepingCapacity: true)
        length = 0
        state = .recordStart
    }
}
