// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

/// Kinesis Data Streams: the streams of one sandbox, in all its accounts and regions.
///
/// Its operations are extensions, a file for each noun, which supply the properties of `KinesisOperations`.
struct Kinesis: FakeService, KinesisOperations {
    static let name = "kinesis"

    var identifiers: IdentifierSource
    private(set) var streams: [StreamKey: Stream] = [:]
    /// The streams by the numbers that tokens carry.
    private var keys: [UInt64: StreamKey] = [:]
    /// Those that were deleted, for the iterators that are still about.
    private(set) var formerKeys: [UInt64: StreamKey] = [:]
    private static let mostFormer = 10_000
    /// The subscriptions that their waiting calls may ask about.
    var subscriptions: [UInt64: ShardSubscription] = [:]
    /// What accounts have bound themselves to.
    var commitments: [Place: Commitment] = [:]
    /// Which KMS keys cannot be used.
    private(set) var kms = KMSKeys()
    private var wakes: [Wake] = []
    private var streamsMade: UInt64 = 0
    private var subscriptionsMade: UInt64 = 0

    init(identifiers: IdentifierSource) {
        self.identifiers = identifiers
    }

    mutating func configure(_ options: WorldOptions) {
        kms = KMSKeys(options.kmsKeys)
    }

    /// Nothing by itself: each stream is brought up to date when it is asked for.
    mutating func advance(to now: Timestamp) {}

    mutating func takeWakes() -> [Wake] {
        if wakes.isEmpty { return [] }
        defer { wakes = [] }
        return wakes
    }

    var contradiction: String? {
        for stream in streams.values {
            if let found = stream.contradiction { return "\(stream.key.name): \(found)" }
            if keys[stream.number] != stream.key { return "\(stream.key.name) cannot be found by its number" }
            for shard in stream.shards {
                for number in shard.subscriptions where subscriptions[number] == nil {
                    return "\(shard.id) has a subscription that there is not"
                }
            }
        }
        return keys.count == streams.count ? nil : "a number names a stream that there is not"
    }
}

extension Kinesis {
    /// Makes a stream, which is there after so long a time.
    mutating func make(
        _ key: StreamKey, shards: Int, isOnDemand: Bool, tags: [String: String], call: FakeCall,
        _ work: (inout Stream) -> Void
    ) {
        streamsMade += 1
        var stream = Stream(
            key, number: streamsMade, id: streamID(), isOnDemand: isOnDemand, tags: tags, now: call.now)
        work(&stream)
        stream.begin(.create(shards: shards), after: call.transition(.stream), now: call.now)
        keys[stream.number] = key
        streams[key] = stream
    }

    /// Works on a stream that is up to date; an error where there is none.
    mutating func onStream<Result>(
        _ key: StreamKey, _ call: FakeCall, _ work: (inout Stream) throws(WireError) -> Result
    ) throws(WireError) -> Result {
        guard let index = streams.index(forKey: key) else { throw call.streamNotFound(key.name, key.place.account) }
        // In place: taken out and put back, a stream of a million records would be copied.
        streams.values[index].settle(call.now)
        if streams.look(at: index, { $0.isGone }) {
            removeStream(key)
            throw call.streamNotFound(key.name, key.place.account)
        }
        let result = try work(&streams.values[index])
        let (woken, isGone) = streams.look(at: index) { stream in
            defer { if !stream.woken.isEmpty { stream.woken = [] } }
            return (stream.woken, stream.isGone)
        }
        for number in woken { wake(number) }
        if isGone { removeStream(key) }
        return result
    }

    /// Works on the stream that a call names.
    mutating func onStream<Result>(
        of call: FakeCall, _ work: (inout Stream) throws(WireError) -> Result
    ) throws(WireError) -> Result {
        try onStream(try key(of: call), call, work)
    }

    /// Works on a stream that takes changes now.
    mutating func onActiveStream<Result>(
        of call: FakeCall, _ work: (inout Stream) throws(WireError) -> Result
    ) throws(WireError) -> Result {
        try onStream(of: call) { (stream) throws(WireError) in
            try call.requireActive(stream)
            return try work(&stream)
        }
    }

    /// The streams of a place that are there, up to date, by name.
    mutating func streams(at place: Place, _ now: Timestamp) -> [Stream] {
        var found: [Stream] = []
        for key in streams.keys where key.place == place {
            guard let index = streams.index(forKey: key) else { continue }
            streams.values[index].settle(now)
            if streams.values[index].isGone { removeStream(key) } else { found.append(streams.values[index]) }
        }
        return found.sorted { $0.key.name < $1.key.name }
    }

    private mutating func removeStream(_ key: StreamKey) {
        guard let stream = streams.removeValue(forKey: key) else { return }
        keys[stream.number] = nil
        if formerKeys.count >= Self.mostFormer { formerKeys = [:] }
        formerKeys[stream.number] = key
        // Whoever waits asks again, and hears that there is none any more.
        for subscription in subscriptions.values where subscription.stream == key { wake(subscription.number) }
    }

    /// The stream of the number that a token carries.
    func key(ofNumber number: UInt64, _ call: FakeCall) -> StreamKey? {
        keys[number].flatMap { $0.place.region == call.place.region ? $0 : nil }
    }

    /// Something came for a subscription.
    mutating func wake(_ number: UInt64, at moment: Timestamp? = nil) {
        wakes.append(Wake(ShardSubscription.topic(number), at: moment))
    }

    /// Lets a shard wake a subscription no more.
    mutating func forget(_ subscription: ShardSubscription) {
        guard let place = streams.index(forKey: subscription.stream),
            let index = streams.values[place].index(of: subscription.shard)
        else { return }
        streams.values[place].shards[index].subscriptions.removeAll { $0 == subscription.number }
    }

    /// The next number of a subscription.
    mutating func nextSubscription() -> UInt64 {
        subscriptionsMade += 1
        return subscriptionsMade
    }

    private mutating func streamID() -> String {
        let alphabet = Array("0123456789abcdefghijklmnopqrstuvwxyz".utf8)
        var letters: [UInt8] = []
        for _ in 0..<23 { letters.append(alphabet[Int(identifiers.bits() % 36)]) }
        letters.insert(UInt8(ascii: "-"), at: 20)
        return String(decoding: letters, as: UTF8.self)
    }
}
