// SPDX-License-Identifier: Apache-2.0

/// How the body of a streamed answer is framed.
enum StreamFrame: Sendable, Equatable {
    /// There is none to be sent.
    case none
    /// So many bytes are still due.
    case length(Int)
    case chunked
    /// Until the connection's end.
    case untilEnd
}

/// What is known of the answer that is being streamed.
struct StreamedAnswer: Sendable {
    var frame = StreamFrame.none
    var token: UInt64 = 0
    /// Whether the connection stays open if all goes well.
    var stays = false
    /// How many bytes were written of it, head and framing included.
    var bytes = 0
    var isOver = false
    var isWhole = true
}
