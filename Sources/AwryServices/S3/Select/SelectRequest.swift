// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// What a call of SelectObjectContent asks for, read and judged.
public enum SelectRequest {
    /// The events that answer an input over an object, `End` last. What goes wrong before the first records is thrown;
    /// what goes wrong later stands among the events as `$error`, and ends them.
    public static func events(for input: Fields, of object: Blob, now: Timestamp) throws(WireError) -> [Value] {
        var query = try query(input, size: object.count, now: now)
        return try query.run(on: object)
    }

    /// The query that an input asks for.
    static func query(_ input: Fields, size: Int, now: Timestamp) throws(WireError) -> SelectQuery {
        guard input["ExpressionType"]?.string == "SQL" else {
            throw SelectErrors.error(
                "InvalidExpressionType", "The ExpressionType value is not valid. Only SQL expressions are supported.")
        }
        let from = input["InputSerialization"]?.fields ?? [:]
        let packing = try packing(from["CompressionType"]?.string ?? "NONE")
        let kinds = ["CSV", "JSON", "Parquet"].filter { from[$0] != nil }
        guard kinds.count == 1, let kind = kinds.first else { throw SelectErrors.dataSource }
        let source: SelectQuery.Source
        switch kind {
        case "CSV": source = try csv(from["CSV"]?.fields ?? [:])
        case "JSON":
            guard let type = from["JSON"]?.fields?["Type"]?.string, ["DOCUMENT", "LINES"].contains(type) else {
                throw SelectErrors.error(
                    "InvalidJsonType", "The JsonType is not valid. Only DOCUMENT and LINES are supported.")
            }
            source = .json(isLines: type == "LINES")
        default:
            throw WireError("NotImplemented", status: 501, message: "Parquet cannot be read here; CSV and JSON can.")
        }
        let statement = try SelectParser.parse(input["Expression"]?.string ?? "")
        return SelectQuery(
            statement, from: source, packing, to: SelectOutput(form: try output(input["OutputSerialization"])),
            tellsProgress: input["RequestProgress"]?.fields?["Enabled"]?.bool ?? false,
            range: try range(input["ScanRange"]?.fields, packing, size), now: now)
    }

    private static func packing(_ name: String) throws(WireError) -> SelectQuery.Packing {
        switch name {
        case "NONE": return .none
        case "GZIP": return .gzip
        case "BZIP2": return .bzip2
        default: throw SelectErrors.compression
        }
    }

    private static func csv(_ fields: Fields) throws(WireError) -> SelectQuery.Source {
        var form = SelectCSV.Form()
        if let delimiter = fields["RecordDelimiter"]?.string, !delimiter.isEmpty {
            guard delimiter.utf8.count <= 2 else { throw invalid("RecordDelimiter", delimiter) }
            form.recordDelimiter = Array(delimiter.utf8)
        }
        form.fieldDelimiter = try sign("FieldDelimiter", fields) ?? form.fieldDelimiter
        form.quote = fields["QuoteCharacter"] == "" ? nil : try sign("QuoteCharacter", fields) ?? form.quote
        form.escape = try sign("QuoteEscapeCharacter", fields) ?? form.quote
        form.comment = try sign("Comments", fields) ?? form.comment
        form.mayQuoteDelimiters = fields["AllowQuotedRecordDelimiter"]?.bool ?? false
        let header = fields["FileHeaderInfo"]?.string ?? "NONE"
        guard ["USE", "IGNORE", "NONE"].contains(header) else {
            throw SelectErrors.error(
                "InvalidFileHeaderInfo",
                "The FileHeaderInfo is not valid. Only NONE, USE, and IGNORE are supported.")
        }
        return .csv(form, header: header)
    }

    /// A sign of one byte.
    private static func sign(_ name: String, _ fields: Fields) throws(WireError) -> UInt8? {
        guard let text = fields[name]?.string, !text.isEmpty else { return nil }
        guard text.utf8.count == 1 else { throw invalid(name, text) }
        return text.utf8.first
    }

    private static func output(_ value: Value?) throws(WireError) -> SelectOutput.Form {
        let fields = value?.fields ?? [:]
        guard (fields["CSV"] == nil) != (fields["JSON"] == nil) else {
            throw SelectErrors.error(
                "InvalidDataSource", "The output serialization must be one of CSV and JSON.")
        }
        if let json = fields["JSON"]?.fields { return .json(record: json["RecordDelimiter"]?.string ?? "\n") }
        let csv = fields["CSV"]?.fields ?? [:]
        let quotes = csv["QuoteFields"]?.string ?? "ASNEEDED"
        guard ["ALWAYS", "ASNEEDED"].contains(quotes) else {
            throw SelectErrors.error(
                "InvalidQuoteFields", "The QuoteFields is not valid. Only ALWAYS and ASNEEDED are supported.")
        }
        let quote = csv["QuoteCharacter"]?.string ?? "\""
        return .csv(
            record: csv["RecordDelimiter"]?.string ?? "\n", field: csv["FieldDelimiter"]?.string ?? ",",
            quote: quote.isEmpty ? "\"" : quote, escape: csv["QuoteEscapeCharacter"]?.string ?? quote,
            quotesAll: quotes == "ALWAYS")
    }

    private static func range(_ fields: Fields?, _ packing: SelectQuery.Packing, _ size: Int) throws(WireError)
        -> Range<Int>?
    {
        guard let fields else { return nil }
        guard packing == .none else {
            throw SelectErrors.error(
                "UnsupportedScanRangeInput", "Scan range queries are not supported on this type of object.")
        }
        let (start, end) = (fields["Start"]?.integer, fields["End"]?.integer)
        guard start != nil || end != nil, (start ?? 0) >= 0, (end ?? 0) >= 0, (start ?? 0) <= (end ?? .max) else {
            throw SelectErrors.error(
                "InvalidScanRange", "The value of a parameter in ScanRange element is invalid.")
        }
        // Without a start, the end counts the last bytes; with one, it is part of the range.
        guard let start else { return max(0, size - Int(end ?? 0))..<Int.max }
        return Int(start)..<(end.map { $0 == .max ? Int.max : Int($0) + 1 } ?? Int.max)
    }

    private static func invalid(_ name: String, _ text: String) -> WireError {
        SelectErrors.error("InvalidRequestParameter", "The value of a parameter in \(name) element is invalid: \(text)")
    }
}
