// SPDX-License-Identifier: Apache-2.0

import AwryHTTP
import CLinux
import Glibc

extension Shard {
    /// Takes connections that wait, a bounded number in one turn.
    func acceptWaiting() {
        for _ in 0..<Self.acceptsPerTurn {
            guard openCount < options.maxConnections else {
                pauseAccepting(until: .max)
                return
            }
            var address = SocketAddress()
            let flags = Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
            let descriptor = address.fill { accept4(listener, $0, $1, flags) }
            if descriptor >= 0 {
                open(descriptor, address)
                continue
            }
            switch errno {
            // Broken before it was taken: the next one may be sound (accept(2), "Error handling").
            case EINTR, ECONNABORTED, EPROTO, EPERM, ENETDOWN, EHOSTDOWN, EHOSTUNREACH, ENETUNREACH, EOPNOTSUPP:
                continue
            // No descriptor or no memory: the socket stays readable, and asking again at once would only burn the
            // processor.
            case EMFILE, ENFILE, ENOBUFS, ENOMEM:
                pauseAccepting(until: now + Self.acceptPause)
                return
            default: return
            }
        }
    }

    private func open(_ descriptor: Int32, _ address: SocketAddress) {
        lastGeneration &+= 1
        accepted &+= 1
        guard epoll.add(descriptor, lastGeneration, .input) else {
            close(descriptor)
            return
        }
        let connection = Connection(
            slot: descriptor, generation: lastGeneration, peer: address.host, id: UInt64(index) << 48 | accepted,
            limits: options.limits, now: now)
        prepare(connection)
        while connections.count <= Int(descriptor) { connections.append(nil) }
        connections[Int(descriptor)] = connection
        openCount += 1
        counters.connectionAccepted()
        settle(connection)
    }

    /// Stops watching the listening socket until a connection closes, or until `moment`.
    private func pauseAccepting(until moment: UInt64) {
        isAccepting = false
        acceptAgainAt = moment
        epoll.change(listener, 0, [])
    }

    func resumeAccepting() {
        acceptAgainAt = .max
        guard !isAccepting, listener >= 0 else { return }
        isAccepting = true
        epoll.change(listener, 0, .input)
    }

    /// Closes the connection at once, whatever waits, and reports what it cuts off.
    func drop(_ connection: Connection) {
        guard connections[Int(connection.slot)] === connection else { return }
        connections[Int(connection.slot)] = nil
        openCount -= 1
        counters.connectionClosed()
        // Closing also takes the descriptor out of epoll: it has no duplicates.
        close(connection.slot)
        resumeAccepting()
        tellAbandoned(connection)
        resumeUnheard(connection)
        report(connection, broken: true)
        connection.pending = nil
        leave(connection)
        endSource(of: connection)
    }

    /// The client will send no more.
    func peerEnded(_ connection: Connection) {
        connection.machine.peerEnded()
        connection.hasEnded = true
        tellAbandoned(connection)
    }

    /// Tells the responder, once, that the client of a promised answer is gone.
    func tellAbandoned(_ connection: Connection) {
        guard connection.machine.waiting == .answer, !connection.abandonmentTold else { return }
        connection.abandonmentTold = true
        responder.abandoned(connection.exchangeID(shard: index))
    }
}
