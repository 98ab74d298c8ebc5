// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// An answer that a protocol has written, for the server to send.
///
/// `Content-Length`, `Date` and `Connection` are the transport's. For HEAD the body stays here: the transport drops it.
public struct Rendered: Sendable, Hashable {
    /// The status code.
    public var status: Int
    /// The headers in the order in which they go out.
    public var headers: [Header]
    /// The body.
    public var body: [UInt8]
    /// A body that does not lie in memory, in the place of `body`.
    public var stored: Blob?

    /// An answer of these parts.
    public init(status: Int, headers: [Header] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// Takes a value as the body, a blob from where it lies.
    mutating func take(payload value: Value) throws(ShapeMismatch) {
        if case .blob(let blob) = value, blob.inMemory == nil {
            stored = blob
        } else {
            body = Array(try Scalars.bytes(value))
        }
    }
}
