// SPDX-License-Identifier: Apache-2.0

import AwryHTTP

/// One connection to the upstream. Owned by its shard's loop, and used nowhere else.
final class UpstreamLink {
    /// The descriptor.
    let slot: Int32
    let generation: UInt32
    var isConnecting = true
    /// Whether it has served a request before: then it may have been closed by the other side without our knowing.
    var isReused = false
    /// Whether anything of the answer under way has come.
    var hasAnswered = false
    /// Whether it was broken while the request went out: what came back is the answer all the same.
    var isDeaf = false
    /// What is asked; nil while it rests.
    var exchange: UpstreamExchange?
    var outgoing = Outgoing()
    var reader = ResponseReader(toHead: false)
    var interest = Epoll.Interest.output

    // Moments on the monotonic clock, in nanoseconds.
    var since: UInt64
    var deadline = UInt64.max
    /// The entry of the timer queue that is meant; `max` if there is none.
    var timerAt = UInt64.max

    init(slot: Int32, generation: UInt32, now: UInt64) {
        self.slot = slot
        self.generation = generation
        since = now
    }

    /// What the socket is to be watched for. Of an answer that its client does not take, no more is read than what
    /// may wait to go out.
    var wanted: Epoll.Interest {
        var wanted: Epoll.Interest = isConnecting || !outgoing.isEmpty ? .output : []
        if !isConnecting, exchange?.isFull != true { wanted.insert(.input) }
        return wanted
    }
}

/// A request that is passed on, from when that was decided until its answer is over.
final class UpstreamExchange {
    enum Stage {
        /// No head has come.
        case asked
        case collecting(limit: Int)
        case streaming
        case over
    }

    let forward: Forward
    /// Who waits for the answer; nil once they are gone.
    var client: Connection?
    /// When they went, on the monotonic clock; `max` while they are there.
    var leftAt = UInt64.max
    var link: UpstreamLink?
    var stage = Stage.asked
    /// What has come of the body and was not handed on.
    var body: [UInt8] = []
    /// Whether a streamed answer has ended, and if so, whether it is whole.
    var endedWhole: Bool?

    init(_ forward: Forward, _ client: Connection?) {
        self.forward = forward
        self.client = client
    }

    var isFull: Bool {
        if case .streaming = stage { return body.count >= Shard.maxOutgoing }
        return false
    }
}
