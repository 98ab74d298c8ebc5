// SPDX-License-Identifier: Apache-2.0

import AwryHTTP
import Synchronization

/// Callers by the heads that they sent. Finding out who calls what takes several times as long as seeing that a head is
/// like one before it, and the strings that come of it need not be made anew.
///
/// Only of requests with `X-Amz-Target`: what they ask for stands in the head, and the same client asks for it with the
/// same path. A place for each of a few callers of like targets, in a table of fixed size; one lock around it.
final class KnownCallers: Sendable {
    private static let sets = 64
    private static let ways = 4

    private struct Table {
        var known = [KnownCaller?](repeating: nil, count: sets * ways)
        /// Which of a full set's places is taken next.
        var next = 0
    }

    private let table = Mutex(Table())

    /// The caller of a request with this head, if one like it was remembered.
    func caller(of head: RequestHead) -> Caller? {
        guard let first = Self.firstPlace(of: head) else { return nil }
        return table.withLock { table in
            for place in first..<first + Self.ways {
                guard let known = table.known[place] else { return nil }
                if known.sends(head) { return known.caller }
            }
            return nil
        }
    }

    /// Remembers whose head this is, in the place of another if there is no room.
    func remember(_ caller: Caller, by head: RequestHead) {
        guard caller.isLasting, let first = Self.firstPlace(of: head), let known = KnownCaller(caller, head) else {
            return
        }
        table.withLock { table in
            let places = first..<first + Self.ways
            table.next = (table.next + 1) % Self.ways
            table.known[places.first { table.known[$0] == nil } ?? first + table.next] = known
        }
    }

    /// Where the target's set begins; nil without a target.
    private static func firstPlace(of head: RequestHead) -> Int? {
        guard let target = head.value("x-amz-target") else { return nil }
        let hash = target.withUnsafeBufferPointer { bytes in
            var hash: UInt32 = 0
            for byte in bytes { hash = hash &* 31 &+ UInt32(byte) }
            return hash
        }
        return Int((hash ^ hash >> 16) % UInt32(sets)) * ways
    }
}
