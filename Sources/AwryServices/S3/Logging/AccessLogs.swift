// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Where a bucket's access log goes, as PutBucketLogging says it.
struct LogTarget: Sendable, Equatable {
    /// By what the partitions of a log are dated.
    enum Partition: String, Sendable {
        case event = "EventTime"
        case delivery = "DeliveryTime"
    }

    let bucket: String
    let prefix: String
    /// Nil where keys are simple.
    let partition: Partition?
    let grants: [Fields]

    /// The target of a bucket's logging; nil where that is off.
    init?(_ document: Fields?) {
        guard let enabled = document?["LoggingEnabled"]?.fields else { return nil }
        bucket = enabled["TargetBucket"]?.string ?? ""
        prefix = enabled["TargetPrefix"]?.string ?? ""
        let partitioned = enabled["TargetObjectKeyFormat"]?.fields?["PartitionedPrefix"]?.fields
        partition = partitioned.map { $0["PartitionDateSource"]?.string.flatMap(Partition.init) ?? .delivery }
        grants = (enabled["TargetGrants"]?.list ?? []).compactMap(\.fields)
    }

    /// The key of a log object ("Logging requests with server access logging", the section on its key format): that of
    /// an hour's records, which all have the same date, and which come when the hour is over.
    func key(of source: Bucket, due: Timestamp, unique: String) -> String {
        let moment = partition == .event ? Timestamp(seconds: due.seconds - 1) : due
        let date = TimeFormats.iso8601(moment, fraction: .none).dropLast().split { "-T:".contains($0) }
        let day = date[..<3].joined(separator: "-")
        let clock = partition == .event ? "00-00-00" : date[3...].joined(separator: "-")
        let path = "\(source.account)/\(source.region)/\(source.name)/\(date[..<3].joined(separator: "/"))/"
        return prefix + (partition == nil ? "" : path) + "\(day)-\(clock)-\(unique)"
    }
}

/// Records of access that are not delivered yet: those of an hour together, until it is over.
struct AccessLogs: Sendable {
    /// The records of one bucket and one hour.
    struct Batch: Sendable {
        let source: String
        let target: LogTarget
        /// When they are delivered.
        let due: Timestamp
        var lines: [UInt8] = []
    }

    /// So much waits at most; logs are kept as well as can be ("best effort"), and what is beyond is lost.
    static let mostBytes = 16 << 20
    private var batches: [Batch] = []
    private var bytes = 0

    mutating func add(_ line: String, from source: String, to target: LogTarget, at time: Timestamp) {
        let count = line.utf8.count + 1
        guard bytes + count <= Self.mostBytes else { return }
        bytes += count
        let hour = time.seconds >= 0 ? time.seconds / 3600 : (time.seconds - 3599) / 3600
        let due = Timestamp(seconds: (hour + 1) * 3600)
        let place =
            batches.lastIndex { $0.due == due && $0.source == source && $0.target == target }
            ?? {
                batches.append(Batch(source: source, target: target, due: due))
                return batches.count - 1
            }()
        batches[place].lines += line.utf8
        batches[place].lines.append(UInt8(ascii: "\n"))
    }

    /// Gives what is due, and forgets it.
    mutating func takeDue(_ now: Timestamp) -> [Batch] {
        guard batches.contains(where: { $0.due <= now }) else { return [] }
        let due = batches.filter { $0.due <= now }.sorted { ($0.due, $0.source) < ($1.due, $1.source) }
        batches.removeAll { $0.due <= now }
        bytes = batches.reduce(0) { $0 + $1.lines.count }
        return due
    }
}
