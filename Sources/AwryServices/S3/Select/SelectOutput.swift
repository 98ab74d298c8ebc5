// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Writes the records of an answer ("CSVOutput" and "JSONOutput", Amazon S3 API Reference).
struct SelectOutput: Sendable {
    /// How records are written.
    enum Form: Sendable {
        case csv(record: String, field: String, quote: String, escape: String, quotesAll: Bool)
        case json(record: String)
    }

    let form: Form

    /// Appends a record.
    func write(_ items: [(name: String, value: SelectValue)], into out: inout [UInt8]) {
        switch form {
        case .csv(let record, let field, let quote, let escape, let quotesAll):
            for (index, item) in items.enumerated() {
                if index > 0 { out += field.utf8 }
                let text = item.value.shown
                let needsQuotes = [record, field, quote, "\n", "\r"].contains { !$0.isEmpty && text.contains($0) }
                guard quotesAll || needsQuotes else {
                    out += text.utf8
                    continue
                }
                out += quote.utf8
                out +=
                    text.split(separator: quote, omittingEmptySubsequences: false)
                    .joined(separator: escape + quote).utf8
                out += quote.utf8
            }
            out += record.utf8
        case .json(let record):
            let fields = Fields(items.compactMap { item in item.value.value.map { (item.name, $0) } })
            JSON.write(.structure(fields), into: &out)
            out += record.utf8
        }
    }
}
