// SPDX-License-Identifier: Apache-2.0

import AwryHTTP
import CLinux
import Glibc

extension Shard {
    /// After a turn with a connection: ends it if it is to end, and says what it is watched for and until when.
    func settle(_ connection: Connection) {
        if case .whenSent(let lingering) = connection.ending, connection.outgoing.isEmpty {
            guard lingering, shutdown(connection.slot, Int32(SHUT_WR)) == 0 else {
                drop(connection)
                return
            }
            connection.ending = .lingering(dropped: 0)
            connection.lingersUntil = now &+ options.lingerTimeout.nanoseconds
        }
        let wanted = connection.wanted
        if wanted != connection.interest {
            connection.interest = wanted
            epoll.change(connection.slot, connection.generation, wanted)
        }
        connection.deadline = deadline(connection)
        arm(connection)
    }

    private func deadline(_ connection: Connection) -> UInt64 {
        if case .lingering = connection.ending { return connection.lingersUntil }
        let writing = connection.outgoing.isEmpty ? UInt64.max : connection.wroteAt &+ writeTimeout
        // While nothing is read from it, a slow reader cannot be late with its next request.
        if connection.outgoing.count > Self.maxOutgoing { return writing }
        switch connection.machine.waiting {
        case .request: return min(writing, now &+ idleTimeout)
        case .head: return min(writing, connection.headAt &+ headTimeout)
        case .body: return min(writing, now &+ bodyTimeout)
        case .delay: return min(writing, connection.delayedUntil)
        case .answer, .nothing: return writing
        }
    }

    /// The connection's deadline has come.
    func timeOut(_ connection: Connection) {
        if case .lingering = connection.ending {
            drop(connection)
            return
        }
        if !connection.outgoing.isEmpty, connection.wroteAt &+ writeTimeout <= now {
            drop(connection)
            return
        }
        connection.machine.timedOut()
        pump(connection)
    }
}
