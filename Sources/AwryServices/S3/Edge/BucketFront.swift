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
    /// Who owns it.
    public let account: String
    /// Whether others pay for what they ask of it.
    public let chargesOthers: Bool
    /// Whether it is accelerated: `Enabled` or `Suspended`; nil where that was never said.
    public let acceleration: String?

    init?(_ state: S3, _ name: String) {
        guard let bucket = state.buckets[name] else { return nil }
        self.name = name
        region = bucket.region
        account = bucket.account
        chargesOthers = bucket.chargesOthers
        acceleration = bucket.configuration[.accelerate]?["Status"]?.string
        createdAt = bucket.createdAt
        cors = bucket.configuration[.cors].map { CORSRules($0) }
        website = bucket.configuration[.website].map { WebsiteRules($0) }
    }
}

extension Bucket {
    /// Whether others pay for what they ask of it.
    var chargesOthers: Bool { configuration[.requestPayment]?["Payer"]?.string == "Requester" }

    /// Refuses others who do not say that they will pay ("Using Requester Pays buckets", Amazon S3 User Guide).
    func checkPayer(_ call: FakeCall) throws(WireError) {
        guard account != call.place.account, chargesOthers, call.input["RequestPayer"] == nil else { return }
        throw call.accessDenied()
    }
}
