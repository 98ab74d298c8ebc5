// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// What an operation gives.
public enum Outcome: Sendable, Equatable {
    /// It is done: this is its output.
    case output(Fields)
    /// It has begun, and the rest comes by itself: this is its output.
    case begun(Fields)
    /// This has to be done first, without the state. Nothing was changed; the same call is asked again with what came
    /// of it.
    case work(Work)
    /// There is nothing yet. Nothing was changed; the same call is asked again when what it waits for may be there.
    case wait(Wait)
    /// A part of a stream of events: an output whose stream holds those that are there. The same call is asked for the
    /// next part, with this number as its `stream`, until that is nil; at the latest by this moment of the sandbox's
    /// clock, or after the same span by the machine's.
    case events(Fields, stream: UInt64?, until: Timestamp)
}

/// What a waiting call waits for. A value, not a blocked thread.
public struct Wait: Sendable, Equatable {
    /// What would wake it: whoever changes that names it among its wakes.
    public var topic: String
    /// When it ends by the sandbox's clock; the machine's clock ends it after the same span.
    public var until: Timestamp
    /// The next moment by the sandbox's clock at which there may be something without anybody's doing.
    public var recheck: Timestamp?

    /// A wait for this.
    public init(topic: String, until: Timestamp, recheck: Timestamp? = nil) {
        self.topic = topic
        self.until = until
        self.recheck = recheck
    }
}

/// Something for a waiting call.
public struct Wake: Sendable, Equatable {
    /// What it is that waiting calls wait for.
    public var topic: String
    /// When it comes by the sandbox's clock; nil where it is there.
    public var at: Timestamp?

    /// A wake for one who waits for this.
    public init(_ topic: String, at: Timestamp? = nil) {
        self.topic = topic
        self.at = at
    }
}
