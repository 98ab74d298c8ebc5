// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// The head of an HTTP response that another server gave.
public struct ResponseHead: Sendable, Equatable {
    /// The status code, from 200 up: interim responses are passed over.
    public var status: Int
    /// The reason phrase as sent; often empty.
    public var reason: String
    /// 1 for HTTP/1.1, 0 for HTTP/1.0.
    public var minorVersion: UInt8
    /// The header fields in the order sent. Bytes that are not UTF-8 become replacement characters.
    public var headers: [Header]

    /// A head of these parts.
    public init(status: Int, reason: String = "", minorVersion: UInt8 = 1, headers: [Header] = []) {
        self.status = status
        self.reason = reason
        self.minorVersion = minorVersion
        self.headers = headers
    }

    /// The value of the first field of this name (lower case wanted), letter case aside.
    public func value(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name }?.value
    }

    /// The fields that are meant for whom the response is passed on to.
    public var endToEnd: [Header] {
        let hops = HopByHop(headers)
        let isChunked = value("transfer-encoding") != nil
        return headers.filter { header in
            let name = header.name.lowercased()
            // RFC 9112 6.3, 3: where a coding is told, a length beside it says nothing.
            return !hops.contains(name) && !(isChunked && name == "content-length")
        }
    }
}
