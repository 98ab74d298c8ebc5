// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

/// What a request is found to be.
public enum Identification: Sendable {
    /// A call of this operation.
    case call(IdentifiedCall)
    /// A form whose `Action` is in the body: identify again with it.
    case needsBody
    /// No call; this is what AWS answers.
    case failure(UnidentifiedRequest)
}

/// A request that calls no operation that AWS knows.
public struct UnidentifiedRequest: Sendable {
    /// What AWS answers.
    public var error: WireError
    /// How the request seems to speak.
    public var dialect: Dialect
    /// The service, where at least that is known.
    public var service: Service?
    /// Who calls.
    public var credential: Credential
    /// The scope's region, else the host's, else the default.
    public var region: String
    /// The browser's question that it is, if it is one: a bucket's CORS rules answer it.
    public var preflight: Preflight?
    /// For people: what was looked for and not found.
    public var note: String

    /// A request of these parts.
    public init(
        error: WireError, dialect: Dialect, service: Service?, credential: Credential, region: String, note: String
    ) {
        self.error = error
        self.dialect = dialect
        self.service = service
        self.credential = credential
        self.region = region
        self.note = note
    }
}

/// A browser's question whether a page from another origin may make a request (Fetch, "CORS-preflight request").
public struct Preflight: Sendable {
    /// The bucket that it asks about.
    public var bucket: String
    /// What S3 calls what is asked for: `BUCKET` or `OBJECT`.
    public var resource: String
}

/// What identification must know beside the request.
public struct IdentifyOptions: Sendable, Hashable {
    /// Names under which buckets and services are host labels (`bucket.s3.NAME`), beside `localhost` and AWS's own.
    public var domains: [String]
    /// How many bytes of the path stand before AWS's own (`/_sandbox/NAME`).
    public var pathStart: Int
    /// The region of requests that name none.
    public var defaultRegion: String

    /// Options; none unless given.
    public init(domains: [String] = [], pathStart: Int = 0, defaultRegion: String = "us-east-1") {
        self.domains = domains
        self.pathStart = pathStart
        self.defaultRegion = defaultRegion
    }
}
