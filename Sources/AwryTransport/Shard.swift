// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import CLinux
import Dispatch
import Glibc

/// One loop and all that it owns: a listening socket, an epoll descriptor, connections, timers.
///
/// Made and used inside the one block of its serial queue; nothing of it is seen by another thread but the mailbox and
/// the counters. Every look-up of a connection checks slot and generation.
final class Shard {
    /// Nothing more is read from a connection while more than this waits to go out on it.
    static let maxOutgoing = 256 << 10
    /// So many connections are accepted before others are served.
    static let acceptsPerTurn = 64
    /// How long accepting pauses when the system has no descriptor left.
    static let acceptPause: UInt64 = 100_000_000
    /// How long a reset waits before it looks again whether the peer's system has what was sent.
    static let resetPause: UInt64 = 1_000_000

    struct Parts: Sendable {
        var index: UInt32
        var options: ServerOptions
        var responder: any Responder
        var mailbox: Mailbox
        var counters: ShardCounters
        var listener: Int32
        var port: UInt16
        var epoll: Int32
        /// Left when the listening socket is closed.
        var listening: DispatchGroup
        /// What keeps a full door's queue full.
        var fillers: [Int32] = []
    }

    let index: UInt32
    let options: ServerOptions
    let responder: any Responder
    let mailbox: Mailbox
    let counters: ShardCounters
    let headTimeout: UInt64
    let bodyTimeout: UInt64
    let idleTimeout: UInt64
    let writeTimeout: UInt64

    let port: UInt16
    let listening: DispatchGroup
    let startedAt = Monotonic.now
    var doorMode = Door.Mode.accepting
    var doorTurnsAt = UInt64.max
    var fillers: [Int32]

    /// -1 once it is closed.
    var listener: Int32
    var isAccepting = true
    var acceptAgainAt = UInt64.max
    var epoll: Epoll
    var connections: [Connection?] = []
    var openCount = 0
    var lastGeneration: UInt32 = 0
    var accepted: UInt64 = 0
    var timers = TimerQueue()
    var upstreams = UpstreamPool()
    var stopsBy = UInt64.max
    var now = Monotonic.now
    var date: [UInt8] = []
    private var dateSecond = -1
    var output = HTTPOutput()
    var held = HeldAnswers()
    /// Whether more events of this turn are to come.
    var holdsAnswers = false
    var plain: UnsafeMutableRawBufferPointer?
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 64)

    init(_ parts: Parts) {
        index = parts.index
        options = parts.options
        responder = parts.responder
        mailbox = parts.mailbox
        counters = parts.counters
        listener = parts.listener
        port = parts.port
        listening = parts.listening
        fillers = parts.fillers
        epoll = Epoll(owning: parts.epoll)
        headTimeout = options.headTimeout.nanoseconds
        bodyTimeout = options.bodyTimeout.nanoseconds
        idleTimeout = options.idleTimeout.nanoseconds
        writeTimeout = options.writeTimeout.nanoseconds
    }

    deinit {
        buffer.deallocate()
        plain?.deallocate()
    }

    /// Serves until it was told to stop and the last connection is closed.
    func run() {
        SocketIO.holdBackPipeSignal()
        _ = epoll.add(mailbox.descriptor, 0, [.input, .edge])
        if let door = options.door {
            doorMode = door.mode(0)
            if doorMode == .accepting { _ = epoll.add(listener, 0, .input) }
            turnDoor(door)
        } else {
            _ = epoll.add(listener, 0, .input)
        }
        refreshClocks()
        while stopsBy == .max || openCount > 0 {
            let messages = mailbox.takeBeforeSleep()
            for message in messages { take(message) }
            let events = epoll.wait(milliseconds: messages.isEmpty ? timeToSleep() : 0)
            mailbox.awake()
            refreshClocks()
            for number in 0..<events {
                holdsAnswers = number + 1 < events
                take(epoll.event(number))
            }
            sendHeld()
            runTimers()
        }
        for message in mailbox.close() { take(message) }
        closeUpstreams()
    }

    private func take(_ event: Epoll.Event) {
        if event.slot == listener {
            acceptWaiting()
        } else if event.slot != mailbox.descriptor, let connection = connection(event.slot, event.generation) {
            handle(event.interest, connection)
        } else if let link = upstreams.link(event.slot, event.generation) {
            handle(event.interest, link)
        }
    }

    /// The connection in this slot, if it is still the one of this generation.
    func connection(_ slot: Int32, _ generation: UInt32) -> Connection? {
        guard slot >= 0, Int(slot) < connections.count, let connection = connections[Int(slot)],
            connection.generation == generation
        else { return nil }
        return connection
    }

    private func take(_ message: Mailbox.Message) {
        switch message {
        case .answer(let reply, let exchange):
            let slot = Int32(bitPattern: exchange.slot)
            if let connection = connection(slot, UInt32(truncatingIfNeeded: exchange.generation >> 32)),
                connection.exchangeID(shard: index) == exchange, connection.machine.waiting == .answer
            {
                answer(reply, connection)
                pump(connection)
            } else if reply.token != 0 {
                responder.delivered(reply.token, Delivery(whole: false, bytes: 0, endedAt: Monotonic.now))
            }
        case .stir(let exchange): stir(exchange)
        case .stop(let deadline): stop(by: deadline)
        }
    }

    /// Nothing new is accepted, idle connections close, the others close after their answer.
    private func stop(by deadline: UInt64) {
        stopsBy = min(stopsBy, deadline)
        for filler in fillers { close(filler) }
        fillers = []
        if listener >= 0 {
            epoll.remove(listener)
            close(listener)
            listener = -1
            listening.leave()
        }
        for connection in connections {
            guard let connection else { continue }
            connection.machine.stop()
            pump(connection)
        }
    }

    private func refreshClocks() {
        now = Monotonic.now
        var moment = timespec()
        clock_gettime(CLOCK_REALTIME_COARSE, &moment)
        if moment.tv_sec != dateSecond {
            dateSecond = moment.tv_sec
            date = HTTPDate.bytes(secondsSince1970: Int64(moment.tv_sec))
        }
    }

    /// Milliseconds until something is due, rounded up; -1 if nothing is.
    private func timeToSleep() -> Int32 {
        let due = min(timers.first ?? .max, min(stopsBy, min(acceptAgainAt, doorTurnsAt)))
        if due == .max { return -1 }
        let present = Monotonic.now
        if due <= present { return 0 }
        return Int32(min((due - present + 999_999) / 1_000_000, 60_000))
    }

    private func runTimers() {
        if acceptAgainAt <= now { resumeAccepting() }
        if doorTurnsAt <= now, let door = options.door { turnDoor(door) }
        while let entry = timers.popDue(now) {
            guard let connection = connection(entry.slot, entry.generation), connection.timerAt == entry.at else {
                if let link = upstreams.link(entry.slot, entry.generation), link.timerAt == entry.at { timeOut(link) }
                continue
            }
            connection.timerAt = .max
            if connection.deadline > now {
                arm(connection)
            } else {
                timeOut(connection)
            }
        }
        // Deadlines that moved forward leave entries behind: they must not outgrow the connections.
        if timers.count > 4 * openCount + 256 {
            timers.prune { entry in
                (connection(entry.slot, entry.generation)?.timerAt
                    ?? upstreams.link(entry.slot, entry.generation)?.timerAt) == entry.at
            }
        }
        if stopsBy <= now {
            for case let connection? in connections { drop(connection) }
        }
    }

    /// Sees to it that the connection is looked at when its deadline has come.
    func arm(_ connection: Connection) {
        guard connection.deadline < connection.timerAt else { return }
        connection.timerAt = connection.deadline
        timers.add(
            TimerQueue.Entry(at: connection.deadline, slot: connection.slot, generation: connection.generation))
    }
}
