// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryServices

/// Statements of S3 Select, and files that they are asked of: an input is a statement, a zero byte, and a file.
enum SelectTarget: FuzzTarget {
    static let name = "select"
    static let dictionary = [
        "SELECT ", " FROM S3Object", "[*]", " WHERE ", " LIKE ", " ESCAPE ", " BETWEEN ", " AND ", " IN (",
        " IS MISSING",
        "CAST(", " AS INT)", "COUNT(*)", "SUM(", "CASE WHEN ", " THEN ", " END", "SUBSTRING(", "DATE_ADD(year, ",
        "TO_TIMESTAMP('", "EXTRACT(month FROM ", " LIMIT 1", "_1", "\"", "'", "9223372036854775807", "\n", "\r\n", ",",
        "{\"a\":", "[", "\0",
    ]
    private static let sources: [Fields] = [
        ["CSV": ["FileHeaderInfo": "USE"]],
        ["CSV": ["RecordDelimiter": "\r\n", "QuoteEscapeCharacter": "\\", "AllowQuotedRecordDelimiter": true]],
        ["JSON": ["Type": "LINES"]], ["JSON": ["Type": "DOCUMENT"]],
        ["CSV": [:], "CompressionType": "GZIP"], ["CSV": [:], "CompressionType": "BZIP2"],
    ]

    static func run(_ bytes: [UInt8]) throws(Violation) -> UInt64 {
        let parts = bytes.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
        let sql = String(decoding: parts[0], as: UTF8.self)
        let file = Blob(parts.count > 1 ? parts[1] : [])
        var seen = ""
        for source in sources {
            let input: Fields = [
                "Expression": .string(sql), "ExpressionType": "SQL", "InputSerialization": .structure(source),
                "OutputSerialization": ["JSON": [:]],
            ]
            do throws(WireError) {
                let events = try SelectRequest.events(for: input, of: file, now: Timestamp(seconds: 1_772_366_400))
                guard let last = events.last?.fields, last["End"] != nil || last["$error"] != nil else {
                    throw WireError("no end")
                }
                seen += "\(min(events.count, 4));"
            } catch {
                if error.code == "no end" { throw Violation("the events have no end") }
                seen += "\(error.code);"
            }
        }
        return kind(seen)
    }
}
