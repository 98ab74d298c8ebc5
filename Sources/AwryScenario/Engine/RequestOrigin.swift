// SPDX-License-Identifier: Apache-2.0

/// What a request has in common with the next one of its client for the same operation: who calls what, and how.
///
/// An object, because the engine's facts and the journal's entries share it: a thousand requests of one client have
/// one.
public final class RequestOrigin: Sendable {
    /// botocore's name of the service; empty where it is not known.
    public let service: String
    /// The operation's name; empty where it is not known.
    public let operation: String
    /// From the credential scope, or the default.
    public let region: String
    /// Twelve digits.
    public let account: String
    /// The access key id; nil on an unsigned request.
    public let accessKey: String?
    /// The caller's ARN; nil where nobody knows it.
    public let principal: String?
    /// The HTTP method: `POST`.
    public let method: String
    /// The path as sent, percent-encoded, without the query (which may hold a signature) and a sandbox's prefix.
    public let path: String
    /// The Host header; empty without one.
    public let host: String
    /// The User-Agent header.
    public let userAgent: String?

    /// An origin; what is not given is not known.
    public init(
        service: String = "", operation: String = "", region: String = "", account: String = "",
        accessKey: String? = nil, principal: String? = nil, method: String, path: String, host: String = "",
        userAgent: String? = nil
    ) {
        self.service = service
        self.operation = operation
        self.region = region
        self.account = account
        self.accessKey = accessKey
        self.principal = principal
        self.method = method
        self.path = path
        self.host = host
        self.userAgent = userAgent
    }
}
