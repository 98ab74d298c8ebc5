// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

/// What was written to an on-demand stream, for which it has shards: "On-demand mode features and use cases" of the
/// Kinesis Data Streams Developer Guide. It takes twice the highest throughput of the last 30 days.
///
/// A throughput is what one second of the sandbox's clock brings, in shards: a shard takes 1 MiB or 1,000 records of
/// it. Peaks are kept by the day, so that the memory is bounded.
struct WriteDemand: Sendable {
    /// The shards that the stream has in any case: those with which it became an on-demand stream.
    let floor: Int
    /// The second that is counted, and what it brought so far.
    private var second: Int64?
    private var bytes = 0
    private var records = 0
    /// From a peak to the shards for it, as scenarios say.
    private var delay = Duration.zero
    /// Peaks for which there are no shards yet, each higher than the one before on its day.
    private var coming: [(shards: Int, at: Timestamp)] = []
    private var peaks: [(day: Int64, shards: Int)] = []
    private static let mostComing = 256

    init(floor: Int) {
        self.floor = floor
    }

    /// A record came.
    mutating func note(_ record: Int, at now: Timestamp, delay: Duration) {
        if second != now.seconds { endSecond() }
        second = now.seconds
        self.delay = delay
        bytes += record
        records += 1
    }

    /// What time does: gives the moment at which another number of shards may have become right, or nil.
    mutating func advance(to now: Timestamp) -> Timestamp? {
        if let second, second != now.seconds { endSecond() }
        var moment: Timestamp?
        while let first = coming.first, first.at <= now {
            coming.removeFirst()
            keep(first.shards, Self.day(first.at))
            moment = first.at
        }
        let oldest = Self.day(now) - KinesisLimits.demandDays
        if let first = peaks.first, first.day < oldest {
            peaks.removeAll { $0.day < oldest }
            moment = moment ?? now
        }
        return moment
    }

    /// How many shards are right: those it has in any case, doubled until they take twice the peak, and the throughput
    /// that they are to be warm for.
    func shards(warm: Int64?, in region: String) -> Int {
        Self.shards(from: floor, for: max(2 * (peaks.map(\.shards).max() ?? 0), Int(warm ?? 0)), in: region)
    }

    /// So many shards doubled until they take a throughput, as far as the region goes.
    static func shards(from floor: Int, for throughput: Int, in region: String) -> Int {
        let most = max(floor, KinesisLimits.onDemandThroughput(in: region))
        var count = max(floor, 1)
        while count < throughput, count < most { count *= 2 }
        return min(count, most)
    }

    /// A second is over, so that its throughput is known.
    private mutating func endSecond() {
        guard let second else { return }
        self.second = nil
        let worth = max((bytes + 1_048_575) >> 20, (records + 999) / 1000)
        (bytes, records) = (0, 0)
        let at = Timestamp(seconds: second + 1) + delay
        let day = Self.day(at)
        // Of days that are kept apart, for the highest goes first.
        let highest = max(
            coming.last { Self.day($0.at) == day }?.shards ?? 0, peaks.last { $0.day == day }?.shards ?? 0)
        guard worth > highest else { return }
        if coming.count >= Self.mostComing { coming.removeLast() }
        coming.append((worth, at))
    }

    private mutating func keep(_ shards: Int, _ day: Int64) {
        if let last = peaks.indices.last, peaks[last].day == day {
            peaks[last].shards = max(peaks[last].shards, shards)
        } else {
            peaks.append((day, shards))
        }
    }

    private static func day(_ moment: Timestamp) -> Int64 { moment.seconds / 86_400 }
}

extension Stream {
    /// Notes what was written, where it is an on-demand stream and quotas hold.
    mutating func noteWriting(_ data: Blob, _ partitionKey: String, _ call: FakeCall) {
        guard isOnDemand, call.settings.hasQuotas else { return }
        demand?.note(data.count + partitionKey.utf8.count, at: call.now, delay: call.transition(.onDemand))
    }

    /// Brings an on-demand stream to the shards that are right for it, which halves or doubles each at a time.
    mutating func followDemand(_ now: Timestamp) {
        guard isOnDemand, pending == nil, let moment = demand?.advance(to: now) else { return }
        fitDemand(at: moment)
    }

    /// The same where it became right by something else.
    mutating func fitDemand(at moment: Timestamp) {
        guard let wanted = demand?.shards(warm: warmThroughput, in: key.place.region) else { return }
        while open.count * 2 <= wanted { scale(to: open.count * 2, at: moment) }
        while open.count >= wanted * 2, open.count % 2 == 0 { scale(to: open.count / 2, at: moment) }
        if open.count != wanted { scale(to: wanted, at: moment) }
    }
}
