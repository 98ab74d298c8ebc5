// SPDX-License-Identifier: Apache-2.0

/// What of an answer is damaged on its way: `corrupt`. The answer stays well-formed HTTP of the usual length, so that
/// only a client that checks finds out.
public enum Corruption: String, Sendable, CaseIterable {
    /// One byte amid the body.
    case body
    /// The entity tag, in the head and in the body.
    case etag
    /// The checksum, in the head and in the body.
    case checksum
    /// Content-Length promises a byte more than comes.
    case contentLength
}
