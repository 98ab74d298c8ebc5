// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// An inventory as PutBucketInventoryConfiguration asks for it, where it is switched on and can be written here: as
/// CSV ("Cataloging and analyzing your data with S3 Inventory", Amazon S3 User Guide).
struct InventoryPlan: Sendable {
    let id: String
    /// The destination's ARN, and the bucket that it names.
    let destinationARN: String
    var destination: String { destinationARN.bucketOfARN }
    private let prefix: String
    /// Whether it comes on Sundays alone.
    let isWeekly: Bool
    let keyPrefix: String
    let hasAllVersions: Bool
    let fields: [InventoryField]
    /// How its files are encrypted; nil leaves that to the destination.
    let encryption: Fields?

    /// Nil where nothing is to be written.
    init?(_ document: Fields) {
        guard document["IsEnabled"]?.bool == true,
            let target = document["Destination"]?.fields?["S3BucketDestination"]?.fields, target["Format"] == "CSV"
        else { return nil }
        id = document["Id"]?.string ?? ""
        destinationARN = target["Bucket"]?.string ?? ""
        prefix = target["Prefix"]?.string ?? ""
        isWeekly = document["Schedule"]?.fields?["Frequency"] == "Weekly"
        keyPrefix = document["Filter"]?.fields?["Prefix"]?.string ?? ""
        hasAllVersions = document["IncludedObjectVersions"] == "All"
        let wanted = Set(document.texts("OptionalFields"))
        fields =
            [.bucket, .key] + (hasAllVersions ? [.versionID, .isLatest, .isDeleteMarker] : [])
            + InventoryField.optional.filter { wanted.contains($0.rawValue) }
        encryption = target["Encryption"]?.fields
    }

    /// The last moment up to a day at which it is due, if that comes after another day: midnight (UTC).
    func due(after last: Int64, upTo day: Int64) -> Timestamp? {
        // The first of January 1970 was a Thursday.
        let due = isWeekly ? day - (day + 4) % 7 : day
        return due > last ? Timestamp(seconds: due * 86_400) : nil
    }

    /// Where the files of a bucket's inventory are put ("Locating your inventory list").
    func folder(of source: String) -> String { "\(prefix.isEmpty ? "" : prefix + "/")\(source)/\(id)" }
}
