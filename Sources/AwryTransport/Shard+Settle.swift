// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import CLinux
import Glibc

extension Shard {
    /// After a turn with a connection: ends it if it is to end, and says what it is watched for and until when.
    func settle(_ connection: Connection) {
        if case .whenSent(let lingering) = connection.ending, connection.outgoing.isEmpty, saysEnd(connection) {
            guard lingering, shutdown(connection.slot, Int32(SHUT_WR)) == 0 else {
                drop(connection)
                return
            }
            connection.ending = .lingering(dropped: 0)
            connection.lingersUntil = now &+ options.lingerTimeout.nanoseconds
        }
        if case .resetting = connection.ending, connection.hasSent, reset(connection) { return }
        if connection.machine.waiting == .silence {
            if connection.silentUntil == .max { connection.silentUntil = now &+ options.silenceLimit.nanoseconds }
        } else {
            connection.silentUntil = .max
        }
        let wanted = connection.wanted
        if wanted != connection.interest {
            connection.interest = wanted
            epoll.change(connection.slot, connection.generation, wanted)
        }
        connection.deadline = deadline(connection)
        arm(connection)
    }

    /// Tells a TLS client that all was sent; whether that has gone out too, or never will.
    private func saysEnd(_ connection: Connection) -> Bool {
        guard let tls = connection.tls else { return true }
        tls.end()
        return !tls.sendPending(connection.slot) || !tls.hasPending
    }

    private func deadline(_ connection: Connection) -> UInt64 {
        if case .lingering = connection.ending { return connection.lingersUntil }
        if case .resetting = connection.ending, connection.hasSent { return now &+ Self.resetPause }
        let writing = connection.hasSent ? UInt64.max : connection.wroteAt &+ writeTimeout
        if let pace = connection.pace {
            return pace.isBlocked ? writing : pace.next(after: connection.sent, at: now)
        }
        // While nothing is read from it, a slow reader cannot be late with its next request.
        if connection.outgoing.count > Self.maxOutgoing { return writing }
        switch connection.machine.waiting {
        case .request: return min(writing, now &+ idleTimeout)
        case .head: return min(writing, connection.headAt &+ headTimeout)
        case .body: return min(writing, now &+ bodyTimeout)
        case .silence: return min(writing, connection.silentUntil)
        case .delay: return min(writing, connection.delayedUntil)
        case .answer: return min(writing, connection.resumesAt)
        case .nothing, .stream: return writing
        }
    }

    /// The connection's deadline has come.
    func timeOut(_ connection: Connection) {
        if case .lingering = connection.ending {
            drop(connection)
            return
        }
        if !connection.hasSent, connection.wroteAt &+ writeTimeout <= now {
            drop(connection)
            return
        }
        if connection.pace != nil {
            guard sendWaiting(connection) else { return }
        } else if connection.machine.waiting == .answer {
            resume(connection)
        } else {
            connection.machine.timedOut()
        }
        pump(connection)
    }

    /// Resets the connection once the peer's system has acknowledged all that was sent: a reset throws away what is
    /// still on its way. Whether the connection is gone.
    private func reset(_ connection: Connection) -> Bool {
        if connection.lingersUntil > now, SocketIO.unacknowledged(connection.slot) > 0 { return false }
        SocketIO.resetOnClose(connection.slot)
        drop(connection)
        return true
    }
}
