// SPDX-License-Identifier: Apache-2.0

/// How much of a request is taken before it is refused.
public struct HTTPLimits: Sendable, Equatable {
    /// Bytes of a head, from the first to the empty line.
    public var headBytes: Int
    /// Bytes of a request line.
    public var requestLineBytes: Int
    /// Fields of a head, and of a trailer section.
    public var headerCount: Int
    /// Bytes of a body, codings removed.
    public var bodyBytes: Int
    /// Bytes of a body that are held in memory where it may lie in a file.
    public var heldBytes: Int
    /// Bytes of a body that nobody wants which are read so that the connection, or the answer, survives.
    public var drainedBytes: Int

    /// Limits of these sizes.
    public init(
        headBytes: Int = 64 << 10, requestLineBytes: Int = 32 << 10, headerCount: Int = 200,
        bodyBytes: Int = 6 << 30, heldBytes: Int = 1 << 20, drainedBytes: Int = 64 << 20
    ) {
        self.headBytes = headBytes
        self.requestLineBytes = requestLineBytes
        self.headerCount = headerCount
        self.bodyBytes = bodyBytes
        self.heldBytes = heldBytes
        self.drainedBytes = drainedBytes
    }

    /// Bytes of one chunk's first line, and of a trailer section.
    static let chunkLineBytes = 4096
    static let trailerBytes = 16 << 10
    /// Longer methods than this are none (the longest registered one has 17 letters).
    static let methodBytes = 32
}
