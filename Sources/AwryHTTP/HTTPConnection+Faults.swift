// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension HTTPConnection {
    /// Whether the answer may go out now. A fault is what happens after a request: a body that nobody wants is dropped
    /// first, unless the client waits for `100 Continue`, or it is too large to be waited for.
    mutating func mayWrite(_ reply: Reply) -> Bool {
        guard case .broken = reply.content, !body.isDone, !body.isKept || sink != nil else { return true }
        feedUnwanted(by: reply)
        if body.isDone || body.refusal != nil || inputEnded || framing.expectsContinue
            || body.left > limits.drainedBytes
        {
            return true
        }
        phase = .draining(reply)
        return false
    }

    /// Writes what the fault leaves of the answer, and decides how the connection ends.
    mutating func breakOff(
        _ message: Reply.Message?, _ fault: ConnectionFault, keepsAlive: Bool, into output: inout HTTPOutput,
        date: [UInt8]
    ) {
        let plan = fault.plan(message?.blob ?? Blob([]))
        let encoder = ResponseEncoder(isHead: isHead, minorVersion: minorVersion, keepsAlive: keepsAlive)
        let stays = FaultWriter(encoder: encoder, message: message).append(plan.part, date: date, to: &output)
        switch plan.ending {
        case .usual: phase = stays ? .dropping : .closing(lingering: !body.isDone)
        // Always lingering: closed with bytes of the client unread, the socket would reset the connection.
        case .close: phase = .closing(lingering: true)
        case .reset: phase = .resetting
        case .silence:
            consume(unread)
            phase = inputEnded || stopping ? .closing(lingering: false) : .silent
        }
    }
}

extension Reply.Content {
    /// Whether all of it goes out.
    var isWhole: Bool {
        guard case .broken(let message, let fault) = self else { return true }
        if case .document = fault.plan(message?.blob ?? Blob([])).part { return true }
        return false
    }
}
