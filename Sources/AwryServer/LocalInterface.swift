// SPDX-License-Identifier: Apache-2.0

import AwryHTTP
import Synchronization

/// What the server answers that is not AWS's: the control interface. The program hands it in.
public protocol LocalInterface: Sendable {
    /// Whether a request is meant for it.
    func claims(_ head: RequestHead) -> Bool
    /// Answers a request, now or later and from any thread, exactly once.
    func answer(_ head: RequestHead, body: [UInt8], then send: @escaping @Sendable (Reply) -> Void)
}

/// A request to the local interface whose body is being read.
final class LocalRequest: PendingRequest {
    /// Scenario files with their data fit well below it.
    static let bodyLimit = 64 << 20

    let head: RequestHead
    let exchange: ExchangeID

    init(_ head: RequestHead, _ exchange: ExchangeID) {
        self.head = head
        self.exchange = exchange
    }
}

/// Sends answers that were not ready when their request was read; the transport fulfils it.
public protocol Answering: AnyObject, Sendable {
    /// Sends a reply to the exchange, from any thread; dropped where its connection is gone.
    func answer(_ reply: Reply, for exchange: ExchangeID)
}

/// The way back to the transport, which is made after the pipeline and must not be kept alive by it.
final class WayBack: Sendable {
    private struct Weak {
        weak var answering: (any Answering)?
    }

    private let held = Mutex(Weak())

    func attach(_ answering: any Answering) {
        held.withLock { $0.answering = answering }
    }

    func answer(_ reply: Reply, for exchange: ExchangeID) {
        held.withLock { $0.answering }?.answer(reply, for: exchange)
    }
}
