// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension Kinesis {
    static var subscribeToShard: Handler? { subscribe }

    private static func subscribe(_ state: inout Kinesis, _ call: FakeCall) throws(WireError) -> Outcome {
        if let number = call.stream { return try state.goOn(number, call) }
        let members = call.members
        let fields = members.fields("StartingPosition")
        let position = StartingPosition(
            type: fields["Type"]?.string ?? "", number: fields["SequenceNumber"]?.string,
            moment: fields["Timestamp"]?.moment)
        let (key, name) = try state.consumer(of: call)
        let subscription = try state.begin(members.text("ShardId"), of: key, name, position, call)
        return try state.goOn(subscription, call)
    }

    /// Begins a subscription, in the place of one of the same consumer to the same shard.
    private mutating func begin(
        _ id: String, of key: StreamKey, _ consumer: String, _ position: StartingPosition, _ call: FakeCall
    ) throws(WireError) -> UInt64 {
        // Of those whose clients left nobody hears any more.
        if subscriptions.count >= 256 {
            for old in subscriptions.values where old.endsAt <= call.now { end(old) }
        }
        let held = subscriptions
        let number = nextSubscription()
        let (subscription, former) = try onStream(key, call) { (stream) throws(WireError) in
            guard stream.isUsable, stream.consumers.contains(where: { $0.name == consumer && $0.status == .active })
            else {
                throw call.inUse(
                    "Consumer \(consumer) of stream \(key.name) under account \(key.place.account) is not ACTIVE.")
            }
            let index = try call.shardIndex(id, in: stream)
            let shard = stream.shards[index]
            let former = shard.subscriptions.lazy.compactMap { held[$0] }.first { $0.consumer == consumer }
            if let former, call.now - former.startedAt < KinesisLimits.resubscription {
                throw call.inUse(
                    "Another active subscription exists for this consumer: \(call.members.text("ConsumerARN")) and "
                        + "shard: \(shard.id).")
            }
            stream.shards[index].trim(before: stream.horizon(call.now))
            let start = try position.index(in: stream.shards[index], of: stream, call)
            stream.shards[index].subscriptions.removeAll { $0 == former?.number }
            stream.shards[index].subscriptions.append(number)
            let subscription = ShardSubscription(
                number: number, stream: key, consumer: consumer, shard: shard.number, startedAt: call.now,
                position: start)
            return (subscription, former)
        }
        if let former {
            subscriptions[former.number] = nil
            wake(former.number)
        }
        subscriptions[number] = subscription
        return number
    }

    /// What a subscription has for its consumer now.
    private mutating func goOn(_ number: UInt64, _ call: FakeCall) throws(WireError) -> Outcome {
        guard let held = subscriptions[number] else {
            // All may be gone that there was.
            _ = try consumer(of: call)
            throw call.inUse("Another active subscription took the place of this one.")
        }
        var subscription = held
        do throws(WireError) {
            let kms = kms
            let event = try onStream(held.stream, call) { (stream) throws(WireError) in
                try subscription.event(of: &stream, kms, call)
            }
            if subscription.isOver || call.now >= subscription.endsAt || !call.mayWait { end(held) }
            if subscriptions[number] != nil { subscriptions[number] = subscription }
            let goesOn = subscriptions[number] != nil
            guard event != nil || !goesOn || call.stream == nil else {
                return .wait(Wait(topic: subscription.topic, until: subscription.endsAt))
            }
            return .events(
                ["EventStream": .list(event.map { [["SubscribeToShardEvent": .structure($0)]] } ?? [])],
                stream: goesOn ? number : nil, until: subscription.endsAt)
        } catch {
            end(held)
            throw error
        }
    }

    /// Forgets a subscription.
    private mutating func end(_ subscription: ShardSubscription) {
        subscriptions[subscription.number] = nil
        forget(subscription)
    }
}

extension ShardSubscription {
    /// The next event: records, the end of the shard, or nothing where a sign of life is due; nil where there is none.
    fileprivate mutating func event(
        of stream: inout Stream, _ kms: KMSKeys, _ call: FakeCall
    ) throws(WireError) -> Fields? {
        guard stream.consumers.contains(where: { $0.name == consumer }) else {
            throw call.error(
                "ResourceNotFoundException",
                "Consumer \(consumer) under stream \(stream.key.name) under account \(stream.key.place.account) not "
                    + "found.")
        }
        guard let index = stream.index(of: shard) else { throw call.shardNotFound(ShardID.text(shard), in: stream.key) }
        stream.shards[index].trim(before: stream.horizon(call.now))
        let shard = stream.shards[index]
        let reading = ShardReading(
            of: shard, from: position, atMost: KinesisLimits.readRecords, KinesisLimits.eventBytes)
        if reading.isEncrypted { try kms.check(stream.encryptionKey, for: "Decrypt", call) }
        position = reading.next
        guard !reading.records.isEmpty || reading.isEnd || call.isPulse else { return nil }
        var event: Fields = ["Records": .list(reading.records)]
        if reading.isEnd {
            isOver = true
            event["ContinuationSequenceNumber"] = .null
        } else {
            event["ContinuationSequenceNumber"] = .string(shard.sequence(max(reading.next, 1) - 1).text)
        }
        event["MillisBehindLatest"] = .integer(reading.behind(call.now))
        if reading.isEnd, !shard.children.isEmpty { event["ChildShards"] = stream.children(of: shard) }
        return event
    }
}
