// SPDX-License-Identifier: Apache-2.0

import AwryHTTP
import CLinux
import Glibc

extension Shard {
    /// Puts the listening socket into the mode of this moment, and notes when that changes.
    func turnDoor(_ door: Door) {
        let age = now &- startedAt
        let next = door.nextTurn(age)
        doorTurnsAt = next == .max ? .max : startedAt &+ next
        guard listener >= 0 else { return }
        let mode = door.mode(age)
        guard mode != doorMode else { return }
        doorMode = mode
        for filler in fillers { close(filler) }
        fillers = Door.put(listener, into: mode, port: port, options: options)
        // A socket that does not listen would be told of without end.
        epoll.remove(listener)
        if mode == .accepting { _ = epoll.add(listener, 0, .input) }
    }

    /// What a connection just accepted may speak, and is told.
    func prepare(_ connection: Connection) {
        guard let door = options.door, door.isFailing(now &- startedAt) else {
            connection.context = options.tls
            return
        }
        connection.canned = Canned(door.fault)
        connection.context = door.certificate
        connection.mustSpeakTLS = door.certificate != nil
    }

    /// Answers what everybody is answered here; false if the connection is gone.
    func answerCanned(_ bytes: UnsafeRawBufferPointer, _ connection: Connection) -> Bool {
        guard connection.canned?.take(bytes) == true, let canned = connection.canned.take() else { return true }
        var all = HTTPOutput()
        all.bytes = canned.bytes
        connection.queued += canned.bytes.count
        connection.outgoing.append(all, after: 0)
        connection.ending = .whenSent(lingering: true)
        return sendWaiting(connection)
    }
}
