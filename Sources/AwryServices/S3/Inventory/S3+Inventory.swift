// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryDigest

/// Inventories, delivered at midnight (UTC): a file of the objects, the manifest that names it, and what checks that.
extension S3 {
    /// Delivers what is due up to a day and was not up to another.
    mutating func deliverInventories(after last: Int64, upTo day: Int64) {
        for name in buckets.keys.sorted() {
            for (_, document) in buckets[name]?.configuration.all(.inventory) ?? [] {
                guard let plan = InventoryPlan(document), let due = plan.due(after: last, upTo: day) else { continue }
                deliver(plan, of: name, at: due)
            }
        }
    }

    private mutating func deliver(_ plan: InventoryPlan, of name: String, at due: Timestamp) {
        guard let source = buckets[name], let index = buckets.index(forKey: plan.destination),
            buckets.values[index].region == source.region, let packer = Gzip()
        else { return }
        let target = buckets.values[index]
        let folder = plan.folder(of: name)
        guard !judgesServices || target.admits(Self.service, at: "\(folder)/", from: source) else { return }
        source.inventory(plan) { packer.take($0) }
        let data = packer.finish()
        let encryption = plan.encryption.map { target.encryption(ofReports: $0) }
        func put(_ key: String, _ bytes: [UInt8], _ type: String) {
            let file = Delivered(key: "\(folder)/\(key)", bytes: bytes, type: type, encryption: encryption)
            deliver(file, inBucketAt: index, at: due)
        }
        let file = "data/\(reportNames.uuid()).csv.gz"
        let manifest = Array(
            JSON.text(
                [
                    "sourceBucket": .string(name), "destinationBucket": .string(plan.destinationARN),
                    "version": "2016-11-30", "creationTimestamp": .string(String(due.milliseconds)),
                    "fileFormat": "CSV",
                    "fileSchema": .string(plan.fields.map(\.rawValue).joined(separator: ", ")),
                    "files": [
                        [
                            "key": .string("\(folder)/\(file)"), "size": .integer(Int64(data.count)),
                            "MD5checksum": .string(Hex.text(Digests.md5(data))),
                        ]
                    ],
                ]
            ).utf8)
        // `2026-03-02T00-00Z`
        let moment = TimeFormats.iso8601(due, fraction: .none).split(separator: ":").prefix(2).joined(separator: "-")
        put(file, data, "application/x-gzip")
        put("\(moment)Z/manifest.json", manifest, "application/json")
        put("\(moment)Z/manifest.checksum", Array(Hex.text(Digests.md5(manifest)).utf8), "binary/octet-stream")
        let day = moment.split(separator: "T").joined(separator: "-")
        put("hive/dt=\(day)/symlink.txt", Array("s3://\(target.name)/\(folder)/\(file)".utf8), "text/plain")
    }
}

extension Bucket {
    /// The rows of an inventory: every column in quotes, keys as in URLs ("Amazon S3 Inventory list").
    fileprivate func inventory(_ plan: InventoryPlan, _ give: ([UInt8]) -> Void) {
        let prefix = ObjectKey(plan.keyPrefix)
        var place = objects.lowerBound(prefix)
        while let key = objects.key(at: place), key.text.utf8.starts(with: plan.keyPrefix.utf8) {
            let versions = objects[place]
            place = objects.next(place)
            for (number, version) in versions.enumerated().reversed() {
                let isLatest = number == versions.count - 1
                guard plan.hasAllVersions || isLatest && !version.isDeleteMarker else { continue }
                let row = plan.fields.map { field in
                    let text = field.text(of: version, key, isLatest: isLatest, in: self)
                    return "\"\(text)\""
                }
                give(Array((row.joined(separator: ",") + "\n").utf8))
            }
        }
    }

    /// How files are encrypted for which an inventory says it.
    fileprivate func encryption(ofReports wanted: Fields) -> ObjectEncryption {
        var encryption = ObjectEncryption()
        guard let kms = wanted["SSEKMS"]?.fields else { return encryption }
        encryption.algorithm = "aws:kms"
        encryption.keyID = kms["KeyId"]?.string.map(keyARN)
        return encryption
    }
}
