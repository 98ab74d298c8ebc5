// SPDX-License-Identifier: Apache-2.0

/// What the request that brought a call is like, as conditions may ask for it.
public struct Circumstances: Sendable {
    /// The client's address, without the port.
    public var address: String
    /// `User-Agent`.
    public var userAgent: String?
    /// `Referer`.
    public var referer: String?
    /// Whether it came over TLS.
    public var isSecure: Bool
    /// How it is signed: `REST-HEADER`, `REST-QUERY-STRING`, `POST`; nil where it is not.
    public var authType: String?
    /// `x-amz-content-sha256`.
    public var contentHash: String?
    /// How long ago a presigned URL was signed, in milliseconds; nil for any other request.
    public var signatureAge: Int64?
    /// Whether it is signed by Signature Version 2.
    public var isFormerSignature = false

    /// Circumstances of these parts.
    public init(
        address: String, userAgent: String? = nil, referer: String? = nil, isSecure: Bool = false,
        authType: String? = nil, contentHash: String? = nil
    ) {
        self.address = address
        self.userAgent = userAgent
        self.referer = referer
        self.isSecure = isSecure
        self.authType = authType
        self.contentHash = contentHash
    }
}
