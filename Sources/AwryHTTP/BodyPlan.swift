// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// How a request's body is to be taken in.
public struct BodyPlan: Sendable {
    /// The longest body that is taken, in bytes as sent without transfer coding; a longer one is refused with 413.
    public var limit: Int
    /// Whether a large body goes to a file as it comes, and is not held in memory: `HTTPLimits.heldBytes` says what is
    /// large.
    public var mayLieInFile: Bool
    /// What is taken off the body, beside the transfer coding; nil leaves it as it is.
    public var chunked: AWSChunkedMode?
    /// How long the body is then, as its client says; nil where it doesn't.
    public var decodedLength: Int?
    /// Whether the body is wanted as it was sent too.
    public var keepsSent = false
    /// Who looks at the bytes as they come.
    public var tap: (any BodyTap)?

    /// Whether the bytes are only to be kept, as they come.
    var isPlain: Bool { chunked == nil && !keepsSent && tap == nil }

    /// A plan to take so many bytes, in memory unless told otherwise.
    public init(limit: Int, mayLieInFile: Bool = false) {
        self.limit = limit
        self.mayLieInFile = mayLieInFile
    }
}

/// Looks at a body's bytes, codings taken off, as they come. Called on the connection's loop: must not wait.
public protocol BodyTap: AnyObject, Sendable {
    /// The next bytes.
    func take(_ bytes: UnsafeRawBufferPointer)
    /// The body has ended: digests of it by their names, which the body's blob then knows.
    func finish() -> [String: [UInt8]]
}

/// A request's body, whole.
public struct ReceivedBody: Sendable {
    /// The bytes, codings taken off; those before the mistake, where there is one.
    public var data: Blob
    /// The bytes as sent but for the transfer coding, where the plan asked for them.
    public var sent: Blob?
    /// The trailers, of the transfer coding and of `aws-chunked`.
    public var trailers: [Header]
    /// The chunks' signatures, where the body was in `aws-chunked`.
    public var chunked: AWSChunkedDecoder?
    /// What is wrong with its framing in `aws-chunked`.
    public var mistake: AWSChunkedDecoder.Mistake?

    /// A body of these parts.
    public init(_ data: Blob, trailers: [Header] = []) {
        self.data = data
        self.trailers = trailers
    }
}
