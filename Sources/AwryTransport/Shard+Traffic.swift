// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import CLinux
import Glibc

extension Shard {
    /// What the socket is ready for.
    func handle(_ ready: Epoll.Interest, _ connection: Connection) {
        if !ready.isDisjoint(with: .broken) {
            drop(connection)
            return
        }
        if ready.contains(.output), !sendWaiting(connection) { return }
        if ready.contains(.input) {
            if case .lingering(let dropped) = connection.ending {
                discard(connection, dropped)
                return
            }
            if !receive(connection) { return }
        }
        pump(connection)
    }

    /// One read; false if the connection is gone.
    private func receive(_ connection: Connection) -> Bool {
        switch SocketIO.receive(connection.slot, into: buffer) {
        case .bytes(let count):
            counters.read(count)
            if connection.machine.waiting != .head { connection.headAt = now }
            return take(UnsafeRawBufferPointer(rebasing: buffer[..<count]), connection)
        case .none: break
        case .end: peerEnded(connection)
        case .broken:
            drop(connection)
            return false
        }
        return true
    }

    /// Takes what came, as ciphertext or not; false if the connection is gone.
    func take(_ bytes: UnsafeRawBufferPointer, _ connection: Connection) -> Bool {
        if connection.canned != nil { return answerCanned(bytes, connection) }
        if connection.context != nil, !beginsSecure(bytes, connection), connection.mustSpeakTLS {
            drop(connection)
            return false
        }
        if let tls = connection.tls { return receiveSecure(bytes, tls, connection) }
        connection.machine.received(bytes.bindMemory(to: UInt8.self).span)
        return true
    }

    /// Reads and drops what comes after the last answer, within a bound.
    private func discard(_ connection: Connection, _ dropped: Int) {
        switch SocketIO.receive(connection.slot, into: buffer) {
        case .bytes(let count) where dropped + count <= options.limits.drainedBytes:
            counters.read(count)
            connection.ending = .lingering(dropped: dropped + count)
        case .none: break
        default: drop(connection)
        }
    }

    /// Carries out what the connection's state machine says, until it waits; then sends.
    func pump(_ connection: Connection) {
        work: while connection.mayBegin {
            switch connection.machine.next(into: &output, date: date) {
            case .wait: if !pull(connection) { break work }
            case .head(let head): take(head, connection)
            case .body(let body): take(body, connection)
            case .remainder(let body, let sink): sink.take(body)
            case .flush: if !flush(connection) { return }
            case .answered(let token, let bytes, let isWhole):
                let end = connection.queued + output.count
                connection.answers.append(
                    Connection.Answer(token: token, start: end - bytes, end: end, isWhole: isWhole))
                // Of an answer without a byte no sending will tell.
                if bytes == 0 { report(connection, broken: false) }
            case .refused(let refusal): counters.requestRefused(refusal)
            case .close(let lingering): connection.ending = .whenSent(lingering: lingering)
            case .tunnel(let first): if !flush(connection) || !begin(first, connection) { return }
            case .reset:
                connection.ending = .resetting
                connection.lingersUntil = now &+ options.lingerTimeout.nanoseconds
            }
        }
        if mayHold(connection) {
            held.hold(&output, for: connection)
            if held.isFull { sendHeld() }
        } else if flush(connection) {
            settle(connection)
        }
    }

    private func take(_ head: RequestHead, _ connection: Connection) {
        counters.requestBegan()
        connection.exchange &+= 1
        connection.abandonmentTold = false
        let arrival = Arrival(
            peer: connection.peer, connection: connection.id, at: connection.headAt,
            exchange: connection.exchangeID(shard: index), isSecure: connection.tls != nil)
        switch responder.head(head, arrival) {
        case .answer(let reply): answer(reply, connection)
        case .readBody(let pending, let plan):
            connection.pending = pending
            connection.machine.readBody(plan)
        case .tunnel(let host): tunnel(to: host, connection)
        }
    }

    private func take(_ body: ReceivedBody, _ connection: Connection) {
        // A body is only read for a pending request.
        guard let pending = connection.pending.take() else { return }
        follow(responder.body(body, of: pending), connection)
    }

    private func follow(_ decision: BodyDecision, _ connection: Connection) {
        switch decision {
        case .answer(let reply): answer(reply, connection)
        case .later: connection.machine.postpone()
        case .after(let wait, let pending):
            connection.machine.postpone()
            connection.pending = pending
            connection.resumesAt = Monotonic.now &+ wait.nanoseconds
        case .forward(let forward): pass(forward, connection)
        }
    }

    /// Asks the responder again about a request that had to wait, if it is time.
    func resume(_ connection: Connection) {
        guard connection.resumesAt <= now, let pending = connection.pending.take() else { return }
        connection.resumesAt = .max
        follow(responder.resume(pending), connection)
    }

    /// The client of a request that had to wait is gone: what it asked for is done all the same.
    func resumeUnheard(_ connection: Connection) {
        guard connection.resumesAt != .max, let pending = connection.pending.take() else { return }
        connection.resumesAt = .max
        switch responder.resume(pending) {
        case .answer(let reply) where reply.token != 0:
            responder.delivered(reply.token, Delivery(whole: false, bytes: 0, endedAt: Monotonic.now))
        case .forward(let forward): pass(forward, nil)
        case .answer, .later, .after: break
        }
    }

    /// Gives the reply to the state machine, and notes when a delayed one is due.
    func answer(_ reply: Reply, _ connection: Connection) {
        if reply.delay > .zero { connection.delayedUntil = Monotonic.now &+ reply.delay.nanoseconds }
        if case .live(_, let source) = reply.content { listen(to: source, connection) }
        connection.machine.answer(reply)
    }

    /// Sends what was collected; false if the connection is gone.
    func flush(_ connection: Connection) -> Bool {
        let count = output.count
        guard count > 0 else { return true }
        defer { output.clear() }
        if output.bytesPerSecond > 0 {
            let start = connection.queued + output.pacedFrom
            connection.pace = Pace(
                bytesPerSecond: output.bytesPerSecond, start: start, end: connection.queued + count, startedAt: now)
        }
        connection.queued += count
        if !connection.sendsAtOnce || output.stored != nil {
            connection.outgoing.append(output, after: 0)
            let mayWait = connection.pace == nil && connection.tls == nil && output.stored == nil
            return mayWait || sendWaiting(connection)
        }
        // Before the send: read after it, the clock could be behind a client that has answered already.
        let sentAt = Monotonic.now
        guard let sent = SocketIO.send(connection.slot, output) else {
            drop(connection)
            return false
        }
        connection.wroteAt = now
        if sent < count { connection.outgoing.append(output, after: sent) }
        wrote(sent, connection, at: sentAt)
        return true
    }

    /// Sends what waited; false if the connection is gone.
    func sendWaiting(_ connection: Connection) -> Bool {
        let most = connection.pace.map { max($0.allowed(at: now) - connection.sent, 0) } ?? .max
        let wanted = min(most, connection.outgoing.count)
        let sentAt = Monotonic.now
        guard connection.tls?.sendPending(connection.slot) != false,
            let sent = connection.outgoing.send(connection.slot, connection.tls, atMost: most, by: plaintext())
        else {
            drop(connection)
            return false
        }
        if sent > 0 || wanted == 0 { connection.wroteAt = now }
        connection.pace?.isBlocked = sent < wanted
        if connection.outgoing.isEmpty { connection.pace = nil }
        wrote(sent, connection, at: sentAt)
        return true
    }

    private func wrote(_ count: Int, _ connection: Connection, at moment: UInt64) {
        counters.wrote(count)
        connection.sent += count
        if !connection.answers.isEmpty { report(connection, broken: false, at: moment) }
    }

    /// Tells the responder of the answers that are sent, or, if the connection broke, of all.
    func report(_ connection: Connection, broken: Bool, at moment: UInt64 = Monotonic.now) {
        let sent = connection.sent
        var done = 0
        for answer in connection.answers {
            guard broken || answer.end <= sent else { break }
            done += 1
            let bytes = max(0, min(sent, answer.end) - answer.start)
            let delivery = Delivery(whole: answer.isWhole && answer.end <= sent, bytes: bytes, endedAt: moment)
            responder.delivered(answer.token, delivery)
        }
        connection.answers.removeFirst(done)
        if broken, connection.machine.unwrittenToken != 0 {
            let streamed = connection.machine.streamedBytes
            let bytes = max(0, streamed - (connection.queued - sent))
            let delivery = Delivery(whole: false, bytes: streamed == 0 ? 0 : bytes, endedAt: moment)
            responder.delivered(connection.machine.unwrittenToken, delivery)
        }
    }
}
