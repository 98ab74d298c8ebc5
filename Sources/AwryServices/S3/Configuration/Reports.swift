// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// What S3 counts, sorts and lists of a bucket, as far as it is set up; no report is written.
extension S3 {
    private static let analytics = NamedDocument(
        kind: .analytics, member: "AnalyticsConfiguration", listed: "AnalyticsConfigurationList")
    private static let inventory = NamedDocument(
        kind: .inventory, member: "InventoryConfiguration", listed: "InventoryConfigurationList")
    private static let metrics = NamedDocument(
        kind: .metrics, member: "MetricsConfiguration", listed: "MetricsConfigurationList")
    private static let tiering = NamedDocument(
        kind: .intelligentTiering, member: "IntelligentTieringConfiguration",
        listed: "IntelligentTieringConfigurationList")

    static var getBucketAnalyticsConfiguration: Handler? { analytics.getting }
    static var deleteBucketAnalyticsConfiguration: Handler? { analytics.removing }
    static var listBucketAnalyticsConfigurations: Handler? { analytics.listing }
    static var putBucketAnalyticsConfiguration: Handler? {
        analytics.putting { (document, call) throws(WireError) in
            let export = document.structure("StorageClassAnalysis")?.structure("DataExport")
            if let destination = export?.structure("Destination")?.structure("S3BucketDestination") {
                try checkDestination(destination, call)
            }
        }
    }

    static var getBucketInventoryConfiguration: Handler? { inventory.getting }
    static var deleteBucketInventoryConfiguration: Handler? { inventory.removing }
    static var listBucketInventoryConfigurations: Handler? { inventory.listing }
    static var putBucketInventoryConfiguration: Handler? {
        inventory.putting { (document, call) throws(WireError) in
            guard let destination = document.structure("Destination")?.structure("S3BucketDestination") else {
                throw call.malformedXML()
            }
            if let encryption = destination.structure("Encryption"), encryption.all.count > 1 {
                throw call.malformedXML()
            }
            try checkDestination(destination, call)
        }
    }

    static var getBucketMetricsConfiguration: Handler? { metrics.getting }
    static var deleteBucketMetricsConfiguration: Handler? { metrics.removing }
    static var listBucketMetricsConfigurations: Handler? { metrics.listing }
    static var putBucketMetricsConfiguration: Handler? { metrics.putting() }

    static var getBucketIntelligentTieringConfiguration: Handler? { tiering.getting }
    static var deleteBucketIntelligentTieringConfiguration: Handler? { tiering.removing }
    static var listBucketIntelligentTieringConfigurations: Handler? { tiering.listing }
    static var putBucketIntelligentTieringConfiguration: Handler? { tiering.putting(checkTiering) }

    private static func checkDestination(_ destination: InputReader, _ call: FakeCall) throws(WireError) {
        guard destination.text("Bucket").isBucketARN else { throw call.refusal("InvalidS3DestinationBucket") }
    }

    /// After how many days without access objects go where (Tiering).
    private static let tieringDays: [String: ClosedRange<Int64>] = [
        "ARCHIVE_ACCESS": 90...730, "DEEP_ARCHIVE_ACCESS": 180...730,
    ]

    private static func checkTiering(_ document: InputReader, _ call: FakeCall) throws(WireError) {
        let tierings = document.structures("Tierings")
        let tiers = tierings.map { $0.text("AccessTier") }
        guard !tiers.isEmpty, Set(tiers).count == tiers.count else { throw call.malformedXML() }
        for tiering in tierings {
            let days = tiering.integer("Days") ?? 0
            let tier = tiering.text("AccessTier")
            if let range = tieringDays[tier], !range.contains(days) {
                throw call.invalidArgument(
                    "'Days' for \(tier) must be between \(range.lowerBound) and \(range.upperBound)", "Days",
                    String(days))
            }
        }
    }
}

extension String {
    /// Whether this is a bucket's ARN.
    var isBucketARN: Bool {
        guard let arn = ARN(self) else { return false }
        return arn.partition.hasPrefix("aws") && arn.service == "s3" && !arn.resource.isEmpty
            && !arn.resource.contains(":")
    }

    /// The bucket of an ARN that is one.
    var bucketOfARN: String { String(split(separator: ":").last ?? "") }
}
