// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension JournalEntry {
    /// As the control interface gives it. What is not known is null.
    public var value: Value {
        var fields: Fields = [
            "id": .string(id), "sequence": .integer(Int64(clamping: sequence)), "sandbox": .string(sandbox),
            "time": .string(TimeFormats.iso8601(time)), "monotonic": .integer(Int64(clamping: arrived)),
            "service": .string(service), "operation": .string(operation), "region": .string(region),
            "account": .string(account),
        ]
        fields["accessKey"] = text(accessKey)
        fields["principal"] = text(principal)
        fields["call"] = .string(attempt.call)
        fields["attempt"] = .integer(Int64(attempt.number))
        fields["method"] = .string(method)
        fields["path"] = .string(path)
        fields["userAgent"] = text(userAgent)
        fields["note"] = text(note)
        fields["params"] = params.map { .structure($0) } ?? .null
        if let headers {
            fields["headers"] = .list(headers.map { .list([.string($0.name), .string($0.value)]) })
        }
        fields["rules"] = .list(rules.map { .string($0) })
        fields["decidedBy"] = text(decidedBy)
        fields["fault"] = text(fault)
        if !failedEntries.isEmpty {
            fields["failedEntries"] = .list(failedEntries.map { .integer(Int64($0)) })
        }
        if let askedWait { fields["retryAfter"] = askedWait.value }
        fields["status"] = delivery?.status.map { .integer(Int64($0)) } ?? .null
        fields["error"] = text(delivery?.error)
        fields["delivered"] = text(deliveryWord)
        fields["bytes"] = delivery.map { .integer(Int64($0.bytes)) } ?? .null
        fields["milliseconds"] = milliseconds.map { .double($0) } ?? .null
        return .structure(fields)
    }

    /// `whole`, `cut`, or `nothing`; nil while the request is under way.
    var deliveryWord: String? {
        delivery.map { $0.isWhole ? "whole" : $0.bytes > 0 ? "cut" : "nothing" }
    }

    /// From arrival to the last byte, to the microsecond.
    private var milliseconds: Double? {
        guard let delivery else { return nil }
        let micros = delivery.finished > arrived ? (delivery.finished - arrived) / 1000 : 0
        return Double(micros) / 1000
    }

    private func text(_ text: String?) -> Value { text.map { .string($0) } ?? .null }
}

extension JournalEntry.AskedWait {
    /// As the control interface gives it.
    var value: Value {
        ["milliseconds": milliseconds.map { .integer($0) } ?? .null, "seconds": seconds.map { .integer($0) } ?? .null]
    }
}
