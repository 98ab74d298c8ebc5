// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// A message that AWS would have sent to a person: here it is kept, so that a test can read the code in it.
public struct OutboxMessage: Sendable, Hashable {
    /// By which way it would have gone.
    public enum Channel: String, Sendable, Hashable, CaseIterable {
        case sms
        case email
    }

    /// By which way it would have gone.
    public var channel: Channel
    /// The telephone number, or the address.
    public var recipient: String
    /// An e-mail's subject.
    public var subject: String?
    /// What it says.
    public var text: String
    /// botocore's name of the service that sent it.
    public var service: String
    /// When it was sent, by the sandbox's clock.
    public var time: Timestamp

    /// A message of these parts.
    public init(
        _ channel: Channel, to recipient: String, subject: String? = nil, text: String, service: String,
        time: Timestamp
    ) {
        self.channel = channel
        self.recipient = recipient
        self.subject = subject
        self.text = text
        self.service = service
        self.time = time
    }

    /// How much memory it takes, about, in bytes.
    var size: Int { 128 + recipient.utf8.count + (subject?.utf8.count ?? 0) + text.utf8.count }
}

/// The messages that a sandbox would have sent, oldest first, within bounds: the oldest go first.
///
/// One lock around plain values, the last in the order of locks: it is taken while a fake's is held, and nothing is
/// called under it.
public final class Outbox: Sendable {
    private struct State {
        var messages: [OutboxMessage] = []
        var bytes = 0
        var dropped = 0
    }

    /// How many messages are kept.
    public static let most = 1000
    /// How much memory they take, about, in bytes.
    public static let mostBytes = 4 << 20

    private let state = Mutex(State())

    /// An empty outbox.
    public init() {}

    /// Keeps a message.
    public func send(_ message: OutboxMessage) {
        state.withLock { state in
            state.messages.append(message)
            state.bytes += message.size
            while state.messages.count > 1, state.messages.count > Self.most || state.bytes > Self.mostBytes {
                state.bytes -= state.messages.removeFirst().size
                state.dropped += 1
            }
        }
    }

    /// The messages, oldest first, and how many had to go since it was last emptied.
    public var contents: (messages: [OutboxMessage], dropped: Int) {
        state.withLock { ($0.messages, $0.dropped) }
    }

    /// Forgets all messages.
    public func clear() {
        state.withLock { $0 = State() }
    }
}
