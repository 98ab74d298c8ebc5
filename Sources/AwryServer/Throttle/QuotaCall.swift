// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel
import AwryServices

/// What has a bucket of its own.
struct QuotaKey: Hashable {
    let quota: String
    let account: String
    let region: String
    let scope: String
}

/// A call as quotas see it.
struct QuotaCall {
    let service: String
    let operation: Operation
    let account: String
    let region: String
    let input: Fields
    /// The shards that the records fall to, or that the call is about; the message groups of a queue for high
    /// throughput; none where no fake knows.
    var shards: [QuotaScope] = []

    /// Whether the operation takes several records, of which some may fail.
    var isBatch: Bool { input["Records"]?.list != nil }

    /// The records that the call brings; a call that brings none is one itself.
    var records: [Fields] {
        guard let records = input["Records"]?.list else { return [input] }
        return records.map { $0.fields ?? [:] }
    }

    /// Whether a quota is about what the call names.
    func isWithin(_ quota: Quota) -> Bool {
        if quota.scope == .group || quota.scope == .fastQueue { return !shards.isEmpty }
        guard let suffix = quota.suffix, case .member(let names) = quota.scope else { return true }
        return shards.isEmpty && first(of: names).hasSuffix(suffix)
    }

    /// The buckets from which the call as a whole draws: one, but for the groups of a batch.
    func keys(of quota: Quota) -> [QuotaKey] {
        guard quota.scope == .group else { return [key(of: quota)] }
        return shards.indices.map { key(of: quota, record: $0) }
    }

    /// Which bucket the record at an index, or the call itself, draws from.
    func key(of quota: Quota, record index: Int = 0) -> QuotaKey {
        let scope =
            switch quota.scope {
            case .account: ""
            case .member(let names): first(of: names)
            case .operationWithin(let names): operation.name + " " + first(of: names)
            case .shard: shard(of: index)
            case .group: shards.indices.contains(index) ? shards[index].key : ""
            case .fastQueue: first(of: ["QueueUrl"])
            case .prefix: prefix
            }
        return QuotaKey(quota: quota.name, account: account, region: region, scope: scope)
    }

    /// What a record costs.
    static func cost(_ cost: Quota.Cost, of record: Fields) -> Double {
        cost == .recordBytes ? bytes(of: record) : 1
    }

    /// The bytes of all records in an answer.
    static func recordBytes(of answer: Fields) -> Double {
        (answer["Records"]?.list ?? []).reduce(0) { $0 + bytes(of: $1.fields ?? [:]) }
    }

    /// Data and partition key, as Kinesis counts them.
    private static func bytes(of record: Fields) -> Double {
        guard case .blob(let data) = record["Data"] else { return 0 }
        return Double(data.bytes.count + (record["PartitionKey"]?.string?.utf8.count ?? 0))
    }

    private func first(of names: [String]) -> String {
        names.lazy.compactMap { input[$0]?.string }.first ?? ""
    }

    /// Where no fake knows a stream's shards, the stream counts as one.
    private func shard(of index: Int) -> String {
        if shards.indices.contains(index) { return shards[index].key }
        let name = first(of: ["StreamARN", "StreamName"])
        return name.split(separator: "/").last.map(String.init) ?? name
    }

    private var prefix: String {
        let (bucket, key) = (first(of: ["Bucket"]), first(of: ["Key", "Prefix"]))
        return bucket + "/" + (key.lastIndex(of: "/").map { key[...$0] } ?? "")
    }
}
