// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// What a request wants to be true of the object (RFC 9110, section 13).
struct Preconditions: Sendable {
    var ifMatch: String?
    var ifNoneMatch: String?
    var ifModifiedSince: Timestamp?
    var ifUnmodifiedSince: Timestamp?

    /// Whether the request goes on.
    enum Verdict: Sendable, Hashable {
        case holds
        /// The client has it already.
        case notModified(condition: String)
        /// The condition of this header is not met.
        case failed(condition: String)
    }

    /// Whether they are met by an object of this ETag, in the order of RFC 9110, 13.2.2. HTTP's dates have whole
    /// seconds, and one that has not come yet is no condition.
    func verdict(etag: String, modifiedAt: Timestamp, now: Timestamp) -> Verdict {
        if let ifMatch {
            if !Self.names(ifMatch, etag) { return .failed(condition: "If-Match") }
        } else if let ifUnmodifiedSince, modifiedAt.seconds > ifUnmodifiedSince.seconds {
            return .failed(condition: "If-Unmodified-Since")
        }
        if let ifNoneMatch {
            if Self.names(ifNoneMatch, etag) { return .notModified(condition: "If-None-Match") }
        } else if let since = ifModifiedSince, since <= now, modifiedAt.seconds <= since.seconds {
            return .notModified(condition: "If-Modified-Since")
        }
        return .holds
    }

    /// Whether a header names this ETag: by `*`, alone or in a list, with or without its quotes, weakly or not.
    static func names(_ header: String, _ etag: String) -> Bool {
        if header == "*" || unquoted(header[...]) == etag { return true }
        return header.split(separator: ",").contains { unquoted($0) == etag }
    }

    /// An ETag without what stands around it.
    static func unquoted(_ text: Substring) -> Substring {
        var tag = text.drop { $0 == " " }
        while tag.last == " " { tag.removeLast() }
        if tag.hasPrefix("W/") { tag = tag.dropFirst(2) }
        if tag.count > 1, tag.first == "\"", tag.last == "\"" { tag = tag.dropFirst().dropLast() }
        return tag
    }
}
