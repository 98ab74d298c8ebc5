// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// What is to go out: bytes that many answers share, and at most one large body after them, which is not copied.
public struct HTTPOutput: Sendable {
    /// Bodies of more bytes than this are sent from where they are.
    static let copiedBody = 16 << 10
    /// So many bytes are sent before more are collected.
    static let collected = 64 << 10
    /// So much memory is kept for the next bytes: what pipelined requests need beyond that, they share.
    static let kept = 32 << 10

    /// Goes out first.
    public var bytes: [UInt8] = []
    /// Goes out after `bytes`; empty if there is none.
    public var body: [UInt8] = []
    /// Goes out after `bytes`, in the place of `body`.
    public var stored: Blob?
    /// How many bytes a second may go out of those from `pacedFrom` on; 0 where that is not limited.
    public var bytesPerSecond = 0
    /// Where the slow bytes begin.
    public var pacedFrom = 0

    /// Nothing to send.
    public init() {}

    /// How many bytes there are.
    public var count: Int { bytes.count + body.count + (stored?.count ?? 0) }

    /// Whether it has to go out before more is added.
    var isFull: Bool { !body.isEmpty || stored != nil || bytes.count >= Self.collected || bytesPerSecond > 0 }

    /// Whether it is some `bytes` alone, in memory of the usual size, which may go out as fast as they can.
    public var isSmall: Bool {
        !bytes.isEmpty && body.isEmpty && stored == nil && bytesPerSecond == 0 && bytes.capacity <= Self.kept
    }

    /// Forgets what has been sent, keeping the memory unless it grew beyond its usual size.
    public mutating func clear() {
        bytes.removeAll(keepingCapacity: bytes.capacity <= Self.kept)
        if !body.isEmpty { body = [] }
        stored = nil
        bytesPerSecond = 0
    }

    /// Has what follows the head that begins at `start` go out at this rate.
    mutating func pace(_ bytesPerSecond: Int, from start: Int) {
        let emptyLine = [ASCII.carriageReturn, ASCII.lineFeed, ASCII.carriageReturn, ASCII.lineFeed]
        self.bytesPerSecond = bytesPerSecond
        pacedFrom = bytes[start...].firstRange(of: emptyLine)?.upperBound ?? start
    }

    /// Adds a body that follows at once, wherever it lies.
    public mutating func append(body added: Blob) {
        if let bytes = added.inMemory { append(body: Array(bytes)) } else { stored = added }
    }

    /// Adds a body that follows at once.
    mutating func append(body added: [UInt8]) {
        if added.count <= Self.copiedBody || !body.isEmpty {
            bytes.append(contentsOf: added)
        } else {
            body = added
        }
    }
}
