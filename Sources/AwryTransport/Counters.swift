// SPDX-License-Identifier: Apache-2.0

import AwryHTTP
import Synchronization

/// What a server has done since it started.
public struct ServerCounters: Sendable, Equatable {
    /// Connections accepted.
    public var accepted = 0
    /// Connections open now.
    public var open = 0
    /// Request heads handed to the responder.
    public var requests = 0
    /// Requests refused, by the reason.
    public var refused: [Refusal: Int] = [:]
    /// Bytes read from connections.
    public var bytesIn = 0
    /// Bytes handed to the operating system for connections.
    public var bytesOut = 0

    /// Nothing done yet.
    public init() {}
}

/// One shard's numbers. Only the shard's loop writes, so a load and a store make an increment; anybody reads.
final class ShardCounters: Sendable {
    private let accepted = Atomic<Int>(0)
    private let open = Atomic<Int>(0)
    private let requests = Atomic<Int>(0)
    private let bytesIn = Atomic<Int>(0)
    private let bytesOut = Atomic<Int>(0)
    private let refused = Mutex<[Refusal: Int]>([:])

    func connectionAccepted() {
        Self.add(1, accepted)
        Self.add(1, open)
    }

    func connectionClosed() { Self.add(-1, open) }

    func requestBegan() { Self.add(1, requests) }

    func read(_ count: Int) { Self.add(count, bytesIn) }

    func wrote(_ count: Int) { Self.add(count, bytesOut) }

    func requestRefused(_ refusal: Refusal) {
        refused.withLock { $0[refusal, default: 0] += 1 }
    }

    /// Adds this shard's numbers to `sum`.
    func add(to sum: inout ServerCounters) {
        sum.accepted += accepted.load(ordering: .relaxed)
        sum.open += open.load(ordering: .relaxed)
        sum.requests += requests.load(ordering: .relaxed)
        sum.bytesIn += bytesIn.load(ordering: .relaxed)
        sum.bytesOut += bytesOut.load(ordering: .relaxed)
        sum.refused.merge(refused.withLock { $0 }, uniquingKeysWith: +)
    }

    private static func add(_ amount: Int, _ counter: borrowing Atomic<Int>) {
        counter.store(counter.load(ordering: .relaxed) &+ amount, ordering: .relaxed)
    }
}
