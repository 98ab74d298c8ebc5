// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// What becomes of a stream when its time has come.
enum StreamChange: Sendable {
    case create(shards: Int)
    case delete
    case split(UInt32, at: UInt128)
    case merge(UInt32, UInt32)
    case scale(to: Int)
    case mode(isOnDemand: Bool)
    case encryption(key: String?)
    case recordSize(KiB: Int64)
    case warmThroughput(Int64?)
    /// Nothing but the time in between.
    case nothing
}

extension Stream {
    /// Begins a change, which takes effect after so long a time; after none, at once.
    mutating func begin(_ change: StreamChange, after span: Duration, now: Timestamp) {
        switch change {
        case .create: status = .creating
        case .delete: status = .deleting
        default: status = .updating
        }
        pending = (change, now + span)
        settle(now)
    }

    /// Lets everything take effect whose time has come.
    mutating func settle(_ now: Timestamp) {
        if let (change, moment) = pending, moment <= now {
            pending = nil
            status = .active
            apply(change, at: moment)
        }
        if demand != nil { followDemand(now) }
        if consumers.contains(where: { $0.changesAt.map { $0 <= now } ?? false }) { settleConsumers(now) }
        if shards.count > open.count { removeExpired(now) }
    }

    private mutating func apply(_ change: StreamChange, at moment: Timestamp) {
        switch change {
        case .create(let count):
            for range in HashKey.ranges(count) { add(range, from: [], at: moment) }
        case .delete:
            isGone = true
            for shard in shards { woken += shard.subscriptions }
        case .split(let shard, let start): split(shard, at: start, moment)
        case .merge(let one, let other): merge(one, other, moment)
        case .scale(let count): scale(to: count, at: moment)
        case .mode(let isOnDemand):
            self.isOnDemand = isOnDemand
            demand = isOnDemand ? WriteDemand(floor: open.count) : nil
            fitDemand(at: moment)
        case .encryption(let key): encryptionKey = key
        case .recordSize(let size): recordKiB = size
        case .warmThroughput(let rate):
            warmThroughput = rate
            fitDemand(at: moment)
        case .nothing: break
        }
    }

    private mutating func settleConsumers(_ now: Timestamp) {
        for index in consumers.indices.reversed() {
            guard let moment = consumers[index].changesAt, moment <= now else { continue }
            consumers[index].changesAt = nil
            if consumers[index].status == .deleting {
                consumers.remove(at: index)
            } else {
                consumers[index].status = .active
            }
        }
    }

    /// A closed shard is gone once all that it held is out of time.
    private mutating func removeExpired(_ now: Timestamp) {
        let horizon = horizon(now)
        shards.removeAll { $0.closedAt.map { $0 < horizon } ?? false }
    }
}

extension Stream {
    /// Adds an open shard, and gives its number.
    @discardableResult
    private mutating func add(_ range: ClosedRange<UInt128>, from parents: [Shard], at moment: Timestamp) -> UInt32 {
        let number = nextShard
        nextShard += 1
        shards.append(Shard(number, range, parents: parents, now: moment))
        for parent in parents {
            guard let index = index(of: parent.number) else { continue }
            shards[index].children.append(number)
        }
        open.insert(number, at: openPlace(of: range.lowerBound))
        return number
    }

    private mutating func close(_ number: UInt32, _ moment: Timestamp) -> Shard? {
        guard let index = index(of: number), shards[index].isOpen else { return nil }
        shards[index].close(now: moment)
        open.removeAll { $0 == number }
        woken += shards[index].subscriptions
        return shards[index]
    }

    /// The numbers of the two that it becomes, the lower first.
    @discardableResult
    private mutating func split(_ number: UInt32, at start: UInt128, _ moment: Timestamp) -> (UInt32, UInt32)? {
        guard let parent = close(number, moment) else { return nil }
        return (
            add(parent.range.lowerBound...start - 1, from: [parent], at: moment),
            add(start...parent.range.upperBound, from: [parent], at: moment)
        )
    }

    @discardableResult
    private mutating func merge(_ one: UInt32, _ other: UInt32, _ moment: Timestamp) -> UInt32? {
        guard let first = close(one, moment), let second = close(other, moment) else { return nil }
        let range =
            min(first.range.lowerBound, second.range.lowerBound)...max(first.range.upperBound, second.range.upperBound)
        return add(range, from: [first, second], at: moment)
    }

    /// Brings the stream to so many shards of one size by splits and merges alone, as Kinesis does: the shards in
    /// between close as soon as they are made.
    mutating func scale(to count: Int, at moment: Timestamp) {
        let wanted = HashKey.ranges(count)
        for range in wanted.dropFirst() {
            guard let index = shardIndex(of: range.lowerBound), shards[index].range.lowerBound < range.lowerBound
            else { continue }
            split(shards[index].number, at: range.lowerBound, moment)
        }
        for range in wanted {
            guard let index = shardIndex(of: range.lowerBound) else { continue }
            var number = shards[index].number
            while let index = self.index(of: number), shards[index].range.upperBound < range.upperBound,
                let next = shardIndex(of: shards[index].range.upperBound + 1),
                let merged = merge(number, shards[next].number, moment)
            {
                number = merged
            }
        }
    }
}
