// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryDigest

/// One run of a statement over an object: its events, in order.
struct SelectQuery {
    /// What the object is.
    enum Source: Sendable {
        case csv(SelectCSV.Form, header: String)
        case json(isLines: Bool)
    }

    enum Packing: Sendable {
        case none, gzip, bzip2
    }

    /// A Records event holds about so much.
    private static let recordsBytes = 128 << 10
    /// Without records for so long, an event says that the query goes on.
    private static let silentBytes = 4 << 20

    /// So many bytes of records are held until they are sent; what finds more ends there.
    private static let mostReturned: Int64 = 256 << 20

    let statement: SelectStatement
    let source: Source
    let packing: Packing
    let output: SelectOutput
    let tellsProgress: Bool
    /// Records that begin outside are left out.
    let range: Range<Int>?
    private var evaluator: SelectEvaluator
    private var totals: [SelectTotal]
    private var columns: SelectColumns?
    private var hasHeader = false
    private var isOver = false
    private var given = 0
    private var records: [UInt8] = []
    private var events: [Value] = []
    private var scanned: Int64 = 0
    private var processed: Int64 = 0
    private var returned: Int64 = 0
    private var sinceRecords: Int64 = 0

    init(
        _ statement: SelectStatement, from source: Source, _ packing: Packing, to output: SelectOutput,
        tellsProgress: Bool, range: Range<Int>?, now: Timestamp
    ) {
        self.statement = statement
        self.source = source
        self.packing = packing
        self.output = output
        self.tellsProgress = tellsProgress
        self.range = range
        evaluator = SelectEvaluator(alias: statement.alias, now: now)
        totals = statement.summaries.map { SelectTotal($0) }
        isOver = statement.limit == 0
    }

    /// The events of an object. What goes wrong before the first records is thrown, what goes wrong later ends the
    /// stream.
    mutating func run(on object: Blob) throws(WireError) -> [Value] {
        do throws(WireError) {
            try scan(object)
            if !totals.isEmpty { try conclude() }
        } catch {
            flush()
            guard !events.isEmpty else { throw error }
            let told: Fields = ["Code": .string(error.code), "Message": .string(error.message ?? "")]
            return events + [["$error": .structure(told)]]
        }
        flush()
        if tellsProgress { events.append(["Progress": ["Details": .structure(figures)]]) }
        events.append(["Stats": ["Details": .structure(figures)]])
        events.append(["End": [:]])
        return events
    }

    private var figures: Fields {
        [
            "BytesScanned": .integer(scanned), "BytesProcessed": .integer(processed),
            "BytesReturned": .integer(returned),
        ]
    }

    private mutating func scan(_ object: Blob) throws(WireError) {
        var reader = BlobReader(object)
        var csv: SelectCSV?
        var json: SelectJSON?
        switch source {
        case .csv(let form, _): csv = SelectCSV(form)
        case .json(let isLines): json = SelectJSON(isLines: isLines)
        }
        if packing == .bzip2 { return try scanBlocks(&reader, &csv, &json) }
        let gunzip = packing == .gzip ? Gunzip() : nil
        while !isOver, let piece = reader.next() {
            count(piece)
            if let gunzip {
                try gunzip.take(piece, failing: { _ in SelectErrors.truncated }) { (bytes) throws(WireError) in
                    try read(bytes, &csv, &json)
                }
            } else {
                try read(piece, &csv, &json)
            }
        }
        if !isOver, let gunzip, !gunzip.isComplete, scanned > 0 { throw SelectErrors.truncated }
        try finish(&csv, &json)
    }

    private mutating func scanBlocks(
        _ reader: inout BlobReader, _ csv: inout SelectCSV?, _ json: inout SelectJSON?
    ) throws(WireError) {
        var bunzip = Bunzip2()
        while !isOver {
            let block: [UInt8]?
            do {
                block = try bunzip.next {
                    let piece = reader.next()
                    piece.map { count($0) }
                    return piece
                }
            } catch {
                throw SelectErrors.truncated
            }
            guard let block else { break }
            try read(block[...], &csv, &json)
        }
        try finish(&csv, &json)
    }

    private mutating func count(_ piece: ArraySlice<UInt8>) {
        scanned += Int64(piece.count)
        sinceRecords += Int64(piece.count)
        guard sinceRecords >= Self.silentBytes else { return }
        events.append(["Cont": [:]])
        sinceRecords = 0
    }

    private mutating func finish(_ csv: inout SelectCSV?, _ json: inout SelectJSON?) throws(WireError) {
        if isOver { return }
        try csv?.finish { (fields, start) throws(WireError) in try take(fields, at: start) }
        try json?.finish { (value, start) throws(WireError) in try take(value, at: start) }
    }

    private mutating func read(
        _ bytes: ArraySlice<UInt8>, _ csv: inout SelectCSV?, _ json: inout SelectJSON?
    ) throws(WireError) {
        processed += Int64(bytes.count)
        try csv?.take(bytes) { (fields, start) throws(WireError) in try take(fields, at: start) }
        try json?.take(bytes) { (value, start) throws(WireError) in try take(value, at: start) }
    }

    private mutating func take(_ fields: [String], at start: Int) throws(WireError) {
        if case .csv(_, let header) = source, header != "NONE", !hasHeader {
            hasHeader = true
            if header == "USE" { columns = SelectColumns(fields) }
            return
        }
        if isOver || range?.contains(start) == false { return }
        try take(.fields(fields, columns))
    }

    private mutating func take(_ value: Value, at start: Int) throws(WireError) {
        if isOver || range?.contains(start) == false { return }
        var found: [Value] = []
        SelectRecord.records(in: value, along: statement.source[...]) { found.append($0) }
        for value in found where !isOver { try take(.value(value)) }
    }

    private mutating func take(_ record: SelectRecord) throws(WireError) {
        if let condition = statement.condition, try !evaluator.isTrue(condition, record) { return }
        guard totals.isEmpty else {
            for index in totals.indices { try totals[index].take(record, evaluator) }
            return
        }
        try write(items(of: record))
        given += 1
        if given == statement.limit { isOver = true }
    }

    private func items(of record: SelectRecord) throws(WireError) -> [(name: String, value: SelectValue)] {
        if let items = statement.items {
            var values: [(name: String, value: SelectValue)] = []
            for item in items { values.append((item.name, try evaluator.value(item.expression, record))) }
            return values
        }
        switch record {
        case .fields(let fields, let columns):
            return fields.enumerated().map { index, field in
                let name = columns.flatMap { $0.names.indices.contains(index) ? $0.names[index] : nil }
                return (name ?? "_\(index + 1)", .field(field))
            }
        case .value(let value):
            guard let fields = value.fields else { return [("_1", SelectValue(value))] }
            return fields.map { ($0.name, SelectValue($0.value)) }
        }
    }

    /// The one record of a statement of aggregates.
    private mutating func conclude() throws(WireError) {
        evaluator.totals = totals.map(\.value)
        try write(items(of: .value(.structure([:]))))
    }

    private mutating func write(_ items: [(name: String, value: SelectValue)]) throws(WireError) {
        output.write(items, into: &records)
        if returned + Int64(records.count) > Self.mostReturned { throw SelectErrors.tooMuch }
        if records.count >= Self.recordsBytes { flush() }
    }

    private mutating func flush() {
        guard !records.isEmpty else { return }
        returned += Int64(records.count)
        events.append(["Records": ["Payload": .blob(Blob(records))]])
        records = []
        sinceRecords = 0
    }
}
