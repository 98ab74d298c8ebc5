// SPDX-License-Identifier: Apache-2.0

/// Who and where, as the signature's credential scope says it. Nothing is verified here.
public struct Credential: Sendable, Hashable {
    /// Where the signature stands.
    public enum Placement: Sendable, Hashable {
        /// The request is unsigned.
        case none
        /// In the `Authorization` header.
        case header
        /// In the query string: a presigned URL.
        case query
        /// In the fields of a browser's upload.
        case form
    }

    /// The access key's id.
    public var accessKey: String?
    /// The scope's day: `20260301`.
    public var date: String?
    /// The scope's region.
    public var region: String?
    /// The scope's service: a signing name, not always the service's own.
    public var service: String?
    /// Where the signature stands.
    public var placement: Placement
    /// The session token, from `X-Amz-Security-Token`.
    public var sessionToken: String?

    /// A credential of these parts; none unless given.
    public init(
        accessKey: String? = nil, date: String? = nil, region: String? = nil, service: String? = nil,
        placement: Placement = .none, sessionToken: String? = nil
    ) {
        self.accessKey = accessKey
        self.date = date
        self.region = region
        self.service = service
        self.placement = placement
        self.sessionToken = sessionToken
    }
}
