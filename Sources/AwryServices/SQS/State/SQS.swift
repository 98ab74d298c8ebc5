// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// SQS: the queues of one sandbox, in all its accounts and regions.
///
/// Its operations are extensions, a file each or a file for each noun, which supply the properties of `SQSOperations`.
struct SQS: FakeService, SQSOperations {
    static let name = "sqs"

    var identifiers: IdentifierSource
    var queues: [QueueKey: Queue] = [:]
    /// When queues were deleted whose names cannot be used again yet.
    var deletedAt: [QueueKey: Timestamp] = [:]
    /// Message move tasks, oldest first.
    var tasks: [MoveTask] = []
    /// What a scenario lets standard queues do.
    private(set) var delivery = QueueDelivery()
    /// Which KMS keys cannot be used.
    private(set) var keys = KMSKeys()
    private var wakes: [Wake] = []
    private var queuesMade: UInt64 = 0
    private var sequence: UInt64 = 0

    init(identifiers: IdentifierSource) {
        self.identifiers = identifiers
    }

    mutating func configure(_ options: WorldOptions) {
        delivery = options.delivery
        keys = KMSKeys(options.kmsKeys)
        let isLagging = delivery.lag > .zero
        for index in queues.values.indices {
            queues.values[index].history = isLagging ? queues.values[index].history ?? CountHistory() : nil
        }
    }

    mutating func advance(to now: Timestamp) {
        if !tasks.isEmpty { advanceTasks(to: now) }
    }

    mutating func takeWakes() -> [Wake] {
        if wakes.isEmpty { return [] }
        defer { wakes = [] }
        return wakes
    }

    var contradiction: String? {
        for var queue in queues.values {
            if let found = queue.contradiction() { return "\(queue.key.name): \(found)" }
        }
        return nil
    }
}

extension SQS {
    /// How long after a deletion its queue's name cannot be used.
    static let deletionPause = Duration.seconds(60)
    /// The longest long poll: what comes later than that concerns nobody who waits now.
    static let longestWait = Duration.seconds(20)

    /// Makes a queue.
    mutating func make(_ key: QueueKey, _ attributes: QueueAttributes, tags: Fields, now: Timestamp) {
        queuesMade += 1
        var queue = Queue(key, number: queuesMade, attributes: attributes, tags: tags, now: now)
        if delivery.lag > .zero { queue.history = CountHistory() }
        queues[key] = queue
        deletedAt[key] = nil
    }

    /// Removes a queue with its messages; who waits for some is told by asking again.
    mutating func removeQueue(_ key: QueueKey, now: Timestamp) {
        guard queues.removeValue(forKey: key) != nil else { return }
        deletedAt[key] = now
        wakes.append(Wake(key.arn))
    }

    /// Works on a queue that exists, brought up to date; nil where there is none. What becomes ready by time alone
    /// wakes those who wait.
    @discardableResult
    mutating func change<Result, Failure: Error>(
        _ key: QueueKey, now: Timestamp, _ work: (inout Queue) throws(Failure) -> Result
    ) throws(Failure) -> Result? {
        guard let index = queues.index(forKey: key) else { return nil }
        bringUpToDate(index, now: now)
        return try work(&queues.values[index])
    }

    /// The queue that a call's `QueueUrl` names, or the error that says there is none.
    func key(of call: FakeCall) throws(WireError) -> QueueKey {
        let url = call.members.text("QueueUrl")
        guard let key = QueueKey(url: url, region: call.place.region) else {
            throw call.error("InvalidAddress", "The address \(url) is not valid for this endpoint.")
        }
        guard queues[key] != nil else { throw call.error("QueueDoesNotExist") }
        return key
    }

    /// Works on the queue that a call names.
    mutating func onQueue<Result>(
        of call: FakeCall, _ work: (inout Queue) throws(WireError) -> Result
    ) throws(WireError) -> Result {
        let key = try key(of: call)
        guard let result = try change(key, now: call.now, work) else { throw call.error("QueueDoesNotExist") }
        return result
    }

    /// Works on a queue that is up to date; nothing where there is none.
    mutating func onQueue(_ key: QueueKey, _ work: (inout Queue) -> Void) {
        if let index = queues.index(forKey: key) { work(&queues.values[index]) }
    }

    /// Something came into a queue, or will at a moment near enough for who waits now.
    mutating func wake(_ key: QueueKey, at moment: Timestamp? = nil, now: Timestamp) {
        guard let index = queues.index(forKey: key) else { return }
        wake(index, at: moment, now: now)
    }

    /// The same for a queue that was looked up already.
    mutating func wake(_ index: [QueueKey: Queue].Index, at moment: Timestamp?, now: Timestamp) {
        let arn = queues.look(at: index) { $0.arn }
        guard let moment, moment > now else { return wakes.append(Wake(arn)) }
        if moment - now <= Self.longestWait { wakes.append(Wake(arn, at: moment)) }
    }

    /// Brings a queue up to date; what becomes ready by time alone wakes those who wait.
    mutating func bringUpToDate(_ index: [QueueKey: Queue].Index, now: Timestamp) {
        // In place: taken out and put back, a queue of a million messages would be copied.
        let came = queues.values[index].advance(to: now)
        for _ in 0..<min(came, 1000) { wake(index, at: nil, now: now) }
    }

    /// The next sequence number.
    mutating func nextSequence() -> SequenceNumber {
        sequence += 1
        return SequenceNumber(count: sequence)
    }

    /// What a new message's id is made of.
    mutating func nextID() -> (UInt64, UInt64) { (identifiers.bits(), identifiers.bits()) }
}
