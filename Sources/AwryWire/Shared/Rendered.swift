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

    /// An answer of these parts.
    public init(status: Int, headers: [Header] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}
