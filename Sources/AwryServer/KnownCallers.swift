// SPDX-License-Identifier: Apache-2.0

import AwryHTTP
import Synchronization

/// Callers by the heads that they sent. Finding out who calls what takes several times as long as seeing that a head is
/// like one before it, and the strings that come of it need not be made anew.
///
/// A request with `X-Amz-Target` says there what it asks for, and the same client asks for it with the same path: it is
/// remembered at once. Any other says it in its first line, which may never come again: it is remembered when it comes
/// a second time, as retries do, and what is polled. A place for each of a few callers of like targets or first lines,
/// in a table of fixed size; one lock around it.
final class KnownCallers: Sendable {
    private static let sets = 64
    private static let ways = 4
    /// Longer heads are not kept: few clients send them, and a table of them would be megabytes.
    private static let longest = 4096

    private struct Table {
        var known = [KnownCaller?](repeating: nil, count: sets * ways)
        /// Which of a full set's places is taken next.
        var next = 0
        /// The hashes of first lines that came, each at its remainder.
        var seen = [UInt32](repeating: 0, count: 1024)
    }

    private let table = Mutex(Table())

    /// The caller of a request with this head, if one like it was remembered.
    func caller(of head: RequestHead) -> Caller? {
        let first = Mark(head).firstPlace
        return table.withLock { table in
            for place in first..<first + Self.ways {
                guard let known = table.known[place] else { return nil }
                if known.sends(head) { return known.caller }
            }
            return nil
        }
    }

    /// Remembers whose head this is, in the place of what was known of it, or of another if there is no room.
    func remember(_ caller: Caller, by head: RequestHead) {
        let mark = Mark(head)
        guard caller.isLasting, head.bytes.count <= Self.longest, mark.isTarget || cameBefore(mark),
            let known = KnownCaller(caller, head)
        else { return }
        table.withLock { table in
            let places = mark.firstPlace..<mark.firstPlace + Self.ways
            table.next = (table.next + 1) % Self.ways
            let place = places.first { table.known[$0]?.sends(head) ?? true }
            table.known[place ?? mark.firstPlace + table.next] = known
        }
    }

    private func cameBefore(_ mark: Mark) -> Bool {
        table.withLock { table in
            let place = Int(mark.hash) % table.seen.count
            defer { table.seen[place] = mark.hash }
            return table.seen[place] == mark.hash
        }
    }

    /// What of a head tells where its caller is looked for: its target, or its first line.
    private struct Mark {
        let isTarget: Bool
        let hash: UInt32

        init(_ head: RequestHead) {
            let target = head.value("x-amz-target")
            isTarget = target != nil
            hash = Self.hash(target ?? head.bytes[head.methodRange.lowerBound..<head.targetRange.upperBound])
        }

        /// Where the set begins.
        var firstPlace: Int { Int(hash % UInt32(sets)) * ways }

        private static func hash(_ bytes: ArraySlice<UInt8>) -> UInt32 {
            let hash = bytes.withUnsafeBufferPointer { bytes in
                var hash: UInt32 = 0
                for byte in bytes { hash = hash &* 31 &+ UInt32(byte) }
                return hash
            }
            return hash ^ hash >> 16
        }
    }
}
