// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension S3 {
    static var listBuckets: Handler? { list }

    private static func list(_ state: inout S3, _ call: FakeCall) throws(WireError) -> Outcome {
        let input = call.members
        let prefix = input.text("Prefix")
        let limit = Int(clamping: input.integer("MaxBuckets") ?? 10_000)
        let region = input.optionalText("BucketRegion")
        var after: String?
        if let token = input.optionalText("ContinuationToken") {
            guard let name = ContinuationToken.text(of: token) else {
                throw call.invalidArgument(
                    "The continuation token provided is incorrect", "continuation-token", token)
            }
            after = name
        }
        let mine = state.buckets.values.filter { bucket in
            bucket.account == call.place.account && bucket.zone == nil && bucket.name.hasPrefix(prefix)
                && region.map { $0 == bucket.region } ?? true && after.map { $0 < bucket.name } ?? true
        }.sorted { $0.name < $1.name }
        let page = mine.prefix(limit)
        var output: Fields = [
            "Buckets": .list(page.map { .structure(shown($0)) }),
            "Owner": S3Owner(account: call.place.account).value,
        ]
        if mine.count > page.count, let last = page.last {
            output["ContinuationToken"] = .string(ContinuationToken.of(last.name))
        }
        if !prefix.isEmpty { output["Prefix"] = .string(prefix) }
        return .output(output)
    }

    private static func shown(_ bucket: Bucket) -> Fields {
        [
            "Name": .string(bucket.name), "CreationDate": .timestamp(bucket.createdAt.wholeSeconds),
            "BucketRegion": .string(bucket.region), "BucketArn": .string(bucket.arn),
        ]
    }
}
