// SPDX-License-Identifier: Apache-2.0

import AwryCore
import HeapModule

/// A queue and its messages.
///
/// A message is found by its number, which grows as messages come. Who is next stands in heaps of numbers; an entry
/// whose message has gone, or is no longer what the entry says, is passed over when it comes up, and they are rebuilt
/// when most of what they hold is such.
struct Queue: Sendable {
    let key: QueueKey
    /// Made once: whoever sends a message names it, to wake who waits.
    let arn: String
    /// Its number among all queues that the sandbox ever made.
    let number: UInt64
    let createdAt: Timestamp
    var modifiedAt: Timestamp
    var attributes: QueueAttributes
    var tags: Fields
    var purgedAt: Timestamp?
    /// What its counts were, where a scenario lets them be told late.
    var history: CountHistory?

    private(set) var messages: [UInt64: Message] = [:]
    private(set) var inFlightCount = 0
    private(set) var delayedCount = 0
    /// Which messages of each group wait, in FIFO queues.
    private(set) var groups: [String: MessageGroup] = [:]
    /// What was sent within the last five minutes, by deduplication id.
    var sent = Remembered<SentMessage>()
    /// What was received within the last five minutes, by the attempt's id.
    var attempts = Remembered<[ReceiptHandle]>()

    /// How often chance was asked for the order of its messages.
    private var draws: UInt64 = 0
    private var ready = Heap<UInt64>()
    private var readyGroups = Heap<Turn>()
    private var due = Heap<Due>()
    private var ages = Heap<Due>()
    private var nextNumber: UInt64 = 1

    init(_ key: QueueKey, number: UInt64, attributes: QueueAttributes, tags: Fields, now: Timestamp) {
        self.key = key
        arn = key.arn
        self.number = number
        self.attributes = attributes
        self.tags = tags
        createdAt = now
        modifiedAt = now
    }

    /// When a group's next message came, so that groups take turns in that order.
    private struct Turn: Comparable, Sendable {
        let number: UInt64
        let group: String

        static func < (left: Turn, right: Turn) -> Bool { left.number < right.number }
    }

    var isFIFO: Bool { attributes.isFIFO }

    /// How many messages of each state it has.
    var counts: QueueCounts { QueueCounts(ready: readyCount, inFlight: inFlightCount, delayed: delayedCount) }

    /// Messages that can be received, those of blocked groups included.
    var readyCount: Int { messages.count - inFlightCount - delayedCount }

    /// When the next message that is delayed or in flight can be received.
    var nextDue: Timestamp? { due.min?.at }

    /// A message as it is now.
    func message(_ number: UInt64) -> Message? { messages[number] }
}

/// The messages of a FIFO queue's group that are not in flight, in their order.
struct MessageGroup: Sendable {
    var waiting = Heap<UInt64>()
    var inFlight = 0
}

/// What a queue remembers of a message that was sent, for whoever sends it again.
struct SentMessage: Sendable {
    let id: (UInt64, UInt64)
    let sequence: SequenceNumber
}

extension Queue {
    /// Takes a message in; true where it can be received at once.
    mutating func add(
        _ content: MessageContent, visibleAt: Timestamp, now: Timestamp, isCopy: Bool = false
    ) -> Bool {
        let number = nextNumber
        nextNumber += 1
        var message = Message(content, visibleAt: max(visibleAt, now))
        message.isCopy = isCopy
        ages.insert(Due(at: content.sentAt, number: number))
        let isReady = visibleAt <= now
        if !isReady {
            message.state = .delayed
            delayedCount += 1
            due.insert(Due(at: visibleAt, number: number))
        }
        messages[number] = message
        line(up: number, content, isReady: isReady)
        return isReady
    }

    /// Puts a message where receivers look for it.
    private mutating func line(up number: UInt64, _ content: MessageContent, isReady: Bool) {
        guard isFIFO else {
            if isReady { ready.insert(number) }
            return
        }
        let group = content.group ?? ""
        groups[group, default: MessageGroup()].waiting.insert(number)
        offer(group)
    }

    /// Lets a group have its turn, where its first message can be received and none of it is in flight.
    private mutating func offer(_ name: String) {
        guard let head = head(ofGroup: name) else { return }
        if groups[name]?.inFlight == 0, messages[head]?.state == .ready {
            readyGroups.insert(Turn(number: head, group: name))
        }
    }

    /// The first message of a group; a group that has nothing left is forgotten.
    private mutating func head(ofGroup name: String) -> UInt64? {
        while let first = groups[name]?.waiting.min {
            if let message = messages[first], message.state != .inFlight { return first }
            groups[name]?.waiting.removeMin()
        }
        if groups[name]?.inFlight == 0 { groups[name] = nil }
        return nil
    }

    /// The message that would be received next; nil where there is none.
    mutating func next() -> UInt64? {
        if isFIFO { return nextOfGroups() }
        while let first = ready.min {
            if messages[first]?.state == .ready { return first }
            ready.removeMin()
        }
        return nil
    }

    /// A message that may be received instead of the next: one of those at the front, by chance.
    mutating func any(_ chance: Chance) -> UInt64? {
        guard next() != nil else { return nil }
        let front = ready.unordered.prefix(64)
        // Entries that say nothing any more are met here too. The next is among the entries, so one is soon found.
        for _ in 0..<64 {
            draws += 1
            let number = front[front.startIndex + Int(chance.bits(at: draws) % UInt64(front.count))]
            if messages[number]?.state == .ready { return number }
        }
        return next()
    }

    private mutating func nextOfGroups() -> UInt64? {
        while let turn = readyGroups.min {
            if groups[turn.group]?.inFlight == 0, let head = head(ofGroup: turn.group), messages[head]?.state == .ready
            {
                return head
            }
            readyGroups.removeMin()
        }
        return nil
    }

    /// The next message of the same group as one that was just received.
    mutating func next(ofGroup name: String) -> UInt64? {
        head(ofGroup: name).flatMap { messages[$0]?.state == .ready ? $0 : nil }
    }

    /// A message is received: it is invisible until `end`.
    mutating func take(_ number: UInt64, until end: Timestamp, now: Timestamp) -> Message? {
        guard var message = messages[number] else { return nil }
        message.receive(until: end, now: now)
        messages[number] = message
        inFlightCount += 1
        if isFIFO {
            let group = message.content.group ?? ""
            if groups[group]?.waiting.min == number { groups[group]?.waiting.removeMin() }
            groups[group]?.inFlight += 1
        } else if ready.min == number {
            ready.removeMin()
        }
        due.insert(Due(at: end, number: number))
        compact()
        return message
    }

    /// A message in flight becomes visible at another moment.
    mutating func change(_ number: UInt64, visibleAt: Timestamp, now: Timestamp) {
        guard messages[number]?.state == .inFlight else { return }
        messages[number]?.visibleAt = visibleAt
        if visibleAt <= now { putBack(number) } else { due.insert(Due(at: visibleAt, number: number)) }
    }

    /// A message of a standard queue that could be received again is in flight once more. Its place among those that
    /// are ready is passed over.
    mutating func hide(_ number: UInt64) {
        guard !isFIFO, messages[number]?.state == .ready else { return }
        messages[number]?.state = .inFlight
        inFlightCount += 1
    }

    /// A message whose wait is over can be received.
    private mutating func putBack(_ number: UInt64) {
        guard let message = messages[number] else { return }
        messages[number]?.state = .ready
        let group = message.content.group ?? ""
        switch message.state {
        case .ready: return
        case .delayed: delayedCount -= 1
        case .inFlight:
            inFlightCount -= 1
            if isFIFO {
                groups[group]?.inFlight -= 1
                groups[group]?.waiting.insert(number)
            }
        }
        if isFIFO { offer(group) } else { ready.insert(number) }
    }

    /// Takes a message out for good; true where that lets others of its group have their turn.
    @discardableResult
    mutating func remove(_ number: UInt64) -> Bool {
        guard let message = messages.removeValue(forKey: number) else { return false }
        switch message.state {
        case .ready: break
        case .delayed: delayedCount -= 1
        case .inFlight: inFlightCount -= 1
        }
        defer { compact() }
        guard isFIFO else { return false }
        let group = message.content.group ?? ""
        if message.state == .inFlight { groups[group]?.inFlight -= 1 }
        offer(group)
        return message.state == .inFlight && groups[group]?.inFlight == 0
    }

    /// Takes all messages out.
    mutating func removeAll() {
        messages = [:]
        groups = [:]
        (ready, readyGroups, due, ages) = (Heap(), Heap(), Heap(), Heap())
        (inFlightCount, delayedCount) = (0, 0)
    }

    /// What time does: waits end, and messages that are too old go. Gives the number of messages that came up.
    mutating func advance(to now: Timestamp) -> Int {
        if history != nil {
            let counts = counts
            history?.note(counts, before: now)
        }
        var came = 0
        while let first = due.min, first.at <= now {
            due.removeMin()
            guard let message = messages[first.number], message.state != .ready, message.visibleAt == first.at else {
                continue
            }
            putBack(first.number)
            came += 1
        }
        let eldest = now + .seconds(-attributes.retention)
        while let first = ages.min, first.at <= eldest {
            ages.removeMin()
            remove(first.number)
        }
        sent.advance(to: now)
        attempts.advance(to: now)
        return came
    }

    /// Drops heap entries that say nothing any more, once they are the most.
    private mutating func compact() {
        let bound = 2 * messages.count + 1024
        if ages.count > bound { ages = Heap(messages.map { Due(at: $0.value.content.sentAt, number: $0.key) }) }
        if due.count > bound {
            due = Heap(messages.filter { $0.value.state != .ready }.map { Due(at: $0.value.visibleAt, number: $0.key) })
        }
        if ready.count > bound { ready = Heap(messages.filter { $0.value.state == .ready }.keys) }
        if readyGroups.count > bound {
            let names = groups.keys
            readyGroups = Heap()
            for name in names { offer(name) }
        }
    }
}
