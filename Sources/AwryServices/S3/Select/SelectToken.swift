// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// A word, sign or literal of an expression, and where it stands.
struct SelectToken: Sendable, Equatable {
    enum Kind: Sendable, Equatable {
        /// A name or a keyword; only quoted ones are compared with their letter case.
        case word(String, isQuoted: Bool)
        case number(String)
        case text(String)
        case sign(String)
        case end
    }

    let kind: Kind
    /// Bytes before it.
    let offset: Int

    /// As S3's messages show it.
    var shown: String {
        switch kind {
        case .word(let word, let isQuoted):
            isQuoted
                ? "QUOTED_IDENTIFIER:\(word)" : SelectLexer.isKeyword(word) ? "KEYWORD:\(word)" : "IDENTIFIER:\(word)"
        case .number(let number): "LITERAL:\(number)"
        case .text(let text): "LITERAL:'\(text)'"
        case .sign(let sign): "OPERATOR:\(sign)"
        case .end: "EOF"
        }
    }
}

/// Takes an expression of S3 Select's SQL apart ("SQL reference for Amazon S3 Select", Amazon S3 User Guide).
struct SelectLexer {
    private static let keywords: Set<String> = [
        "and", "as", "asc", "avg", "between", "bool", "boolean", "by", "case", "cast", "char_length",
        "character_length", "coalesce", "count", "date_add", "date_diff", "decimal", "desc", "distinct", "else", "end",
        "escape", "extract", "false", "float", "from", "group", "having", "in", "int", "integer", "is", "join", "like",
        "limit", "lower", "max", "min", "missing", "not", "null", "nullif", "numeric", "offset", "on", "or", "order",
        "select", "string", "substring", "sum", "then", "timestamp", "to_string", "to_timestamp", "trim", "true",
        "union", "upper", "utcnow", "when", "where",
    ]

    static func isKeyword(_ word: String) -> Bool { keywords.contains(word.lowercased()) }

    private let text: [UInt8]
    private var at = 0

    /// The tokens of an expression, `end` last.
    static func tokens(of text: String) throws(WireError) -> [SelectToken] {
        var lexer = SelectLexer(text: Array(text.utf8))
        var tokens: [SelectToken] = []
        repeat { tokens.append(try lexer.next()) } while tokens.last?.kind != .end
        return tokens
    }

    private init(text: [UInt8]) {
        self.text = text
    }

    private mutating func next() throws(WireError) -> SelectToken {
        skipBlanks()
        let start = at
        guard at < text.count else { return SelectToken(kind: .end, offset: start) }
        let byte = text[at]
        switch byte {
        case UInt8(ascii: "'"): return SelectToken(kind: .text(try quoted(byte, start)), offset: start)
        case UInt8(ascii: "\""):
            return SelectToken(kind: .word(try quoted(byte, start), isQuoted: true), offset: start)
        case _
        where Self.isDigit(byte) || byte == UInt8(ascii: ".") && at + 1 < text.count && Self.isDigit(text[at + 1]):
            return SelectToken(kind: .number(try number(start)), offset: start)
        case _ where Self.isWordStart(byte):
            while at < text.count, Self.isWordStart(text[at]) || Self.isDigit(text[at]) || text[at] == 0x24 { at += 1 }
            return SelectToken(
                kind: .word(String(decoding: text[start..<at], as: UTF8.self), isQuoted: false), offset: start)
        default: return SelectToken(kind: .sign(try sign(byte, start)), offset: start)
        }
    }

    private mutating func skipBlanks() {
        while at < text.count {
            if [0x20, 0x09, 0x0A, 0x0D].contains(text[at]) {
                at += 1
            } else if text[at...].starts(with: "--".utf8) {
                while at < text.count, text[at] != 0x0A { at += 1 }
            } else {
                return
            }
        }
    }

    /// A text in quotes, which stand for themselves where they are doubled.
    private mutating func quoted(_ quote: UInt8, _ start: Int) throws(WireError) -> String {
        var bytes: [UInt8] = []
        at += 1
        while at < text.count {
            let byte = text[at]
            at += 1
            if byte == quote {
                guard at < text.count, text[at] == quote else { return String(decoding: bytes, as: UTF8.self) }
                at += 1
            }
            bytes.append(byte)
        }
        throw SelectErrors.lexer("LexerInvalidLiteral", "The SQL token has an invalid literal", self.text, start)
    }

    private mutating func number(_ start: Int) throws(WireError) -> String {
        while at < text.count, Self.isDigit(text[at]) || text[at] == UInt8(ascii: ".") { at += 1 }
        if at < text.count, text[at] | 0x20 == UInt8(ascii: "e") {
            var end = at + 1
            if end < text.count, text[end] == UInt8(ascii: "+") || text[end] == UInt8(ascii: "-") { end += 1 }
            if end < text.count, Self.isDigit(text[end]) {
                while end < text.count, Self.isDigit(text[end]) { end += 1 }
                at = end
            }
        }
        let found = String(decoding: text[start..<at], as: UTF8.self)
        guard found.utf8.filter({ $0 == UInt8(ascii: ".") }).count < 2, found.utf8.count <= 64 else {
            throw SelectErrors.lexer("LexerInvalidLiteral", "The SQL token has an invalid literal", text, start)
        }
        return found
    }

    private mutating func sign(_ byte: UInt8, _ start: Int) throws(WireError) -> String {
        for sign in ["<=", ">=", "<>", "!=", "||"] where text[at...].starts(with: sign.utf8) {
            at += 2
            return sign == "!=" ? "<>" : sign
        }
        guard "+-*/%<>=(),.[]".utf8.contains(byte) else {
            throw SelectErrors.lexer("LexerInvalidChar", "The SQL token has an invalid character", text, start)
        }
        at += 1
        return String(UnicodeScalar(byte))
    }

    private static func isDigit(_ byte: UInt8) -> Bool { 0x30...0x39 ~= byte }

    private static func isWordStart(_ byte: UInt8) -> Bool {
        0x41...0x5A ~= byte & 0xDF || byte == UInt8(ascii: "_") || byte >= 0x80
    }
}

/// Select's errors ("SELECT Object Content Error Code List", Amazon S3 API Reference).
enum SelectErrors {
    static func error(_ code: String, _ message: String) -> WireError {
        WireError(code, status: 400, message: message)
    }

    /// One at a place in an expression.
    static func lexer(_ code: String, _ message: String, _ text: [UInt8], _ offset: Int) -> WireError {
        let before = text[..<min(offset, text.count)]
        let line = before.reduce(1) { $0 + ($1 == 0x0A ? 1 : 0) }
        let column = before.count - (before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0) + 1
        return error(code, "\(message) at line \(line), column \(column).")
    }

    static let castFailed = error(
        "CastFailed", "Attempt to convert from one data type to another using CAST failed in the SQL expression.")
    static let wrongArguments = error(
        "EvaluatorInvalidArguments", "Incorrect number of arguments in the function call in the SQL expression.")
    static let illegalArgument = error(
        "IllegalSqlFunctionArgument", "Illegal argument was used in the SQL function.")
    static let columnIndex = error("InvalidColumnIndex", "The column index in the SQL expression is not valid.")
    static let missingHeaders = error(
        "MissingHeaders", "Some headers in the query are missing from the file. Check the file and try again.")
    static let csv = error(
        "CSVParsingError", "Encountered an error parsing the CSV file. Check the file and try again.")
    static let json = error(
        "JSONParsingError", "Encountered an error parsing the JSON file. Check the file and try again.")
    static let recordTooLong = error(
        "OverMaxRecordSize",
        "The character number in one record is more than our max threshold, maxCharsPerRecord: 1,048,576")
    static let tooMuch = error(
        "InternalError", "The result is longer than the 256 MiB that are held here; ask for less of the object.")
    static let truncated = error(
        "TruncatedInput",
        "Object decompression failed. Check that the object is properly compressed using the format specified in the "
            + "request.")
    static let compression = error(
        "InvalidCompressionFormat",
        "The file is not in a supported compression format. Only GZIP and BZIP2 are supported.")
    static let dataSource = error(
        "InvalidDataSource", "Invalid data source type. Only CSV, JSON, and Parquet are supported.")
    static let encoding = error(
        "InvalidTextEncoding", "Invalid encoding type. Only UTF-8 encoding is supported.")
}
