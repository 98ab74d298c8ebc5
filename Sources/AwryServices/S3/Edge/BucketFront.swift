// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// What S3's front end, which speaks HTTP and not operations, has to know of a bucket.
public struct BucketFront: Sendable {
    /// The bucket's name.
    public let name: String
    /// Where it is.
    public let region: String
    /// Since when.
    public let createdAt: Timestamp
    /// Its rules for requests from other origins; nil where it has none.
    public let cors: CORSRules?
    /// How it serves as a web site; nil where it does not.
    public let website: WebsiteRules?

    init?(_ state: S3, _ name: String) {
        guard let bucket = state.buckets[name] else { return nil }
        self.name = name
        region = bucket.region
        createdAt = bucket.createdAt
        cors = bucket.configuration[.cors].map { CORSRules($0) }
        website = bucket.configuration[.website].map { WebsiteRules($0) }
    }
}
