// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension S3 {
    static var createBucket: Handler? { create }
    static var headBucket: Handler? { head }
    static var deleteBucket: Handler? { delete }
    static var getBucketLocation: Handler? { location }

    /// The region whose endpoint takes every location, and whose buckets have none.
    static let homeRegion = "us-east-1"

    private static func create(_ state: inout S3, _ call: FakeCall) throws(WireError) -> Outcome {
        let name = call.members.text("Bucket")
        guard BucketName.isValid(name), !name.hasPrefix("arn:") else { throw call.invalidBucketName(name) }
        let directory = try DirectoryBucketRequest(name, call)
        let region = directory == nil ? try wantedRegion(call) : call.place.region
        let place = Place(account: call.place.account, region: region)
        if let held = state.buckets[name] {
            guard held.account == place.account else {
                throw call.refusal("BucketAlreadyExists", ["BucketName": .string(name)])
            }
            // In us-east-1 alone one's own bucket may be made again (CreateBucket, BucketAlreadyOwnedByYou).
            guard held.region == homeRegion, place.region == homeRegion, held.zone == nil else {
                throw call.refusal("BucketAlreadyOwnedByYou", ["BucketName": .string(name)])
            }
        } else {
            try state.checkRoom(for: place.account, call)
            var bucket = Bucket(name, place: place, now: call.now, zone: directory?.zone)
            if call.members["ObjectLockEnabledForBucket"]?.bool == true {
                bucket.versioning = .enabled
                bucket.objectLock = Bucket.ObjectLock()
            }
            try bucket.adoptAccess(of: call)
            try bucket.adoptTags(of: call)
            state.buckets[name] = bucket
        }
        let location =
            if let directory {
                "https://\(name).s3express-\(directory.zone).\(region).amazonaws.com/"
            } else {
                // Elsewhere than at home it is named by its whole address.
                region == homeRegion ? "/\(name)" : "http://\(name).s3.amazonaws.com/"
            }
        let arn = state.buckets[name]?.arn ?? ""
        return .output(["Location": .string(location), "BucketArn": .string(arn)])
    }

    /// Refuses a bucket too many.
    private func checkRoom(for account: String, _ call: FakeCall) throws(WireError) {
        guard buckets.count >= S3Limits.buckets,
            buckets.values.count(where: { $0.account == account && $0.zone == nil }) >= S3Limits.buckets
        else { return }
        throw call.refusal("TooManyBuckets")
    }

    /// The region that a new bucket is to be in. Each region's endpoint wants it said, and makes buckets there alone.
    private static func wantedRegion(_ call: FakeCall) throws(WireError) -> String {
        let code = "IllegalLocationConstraintException"
        guard let constraint = call.members.fields("CreateBucketConfiguration")["LocationConstraint"]?.string else {
            if call.place.region == homeRegion { return homeRegion }
            throw call.refusal(
                code,
                message: "The unspecified location constraint is incompatible for the region specific endpoint this "
                    + "request was sent to.")
        }
        let region = constraint == "EU" ? "eu-west-1" : constraint
        let isKnown = call.members.structure("CreateBucketConfiguration")?.allowed("LocationConstraint")
            .contains(constraint)
        // Each region knows itself, also one that is younger than the model.
        if region == homeRegion || isKnown != true && region != call.place.region {
            throw call.refusal("InvalidLocationConstraint", ["LocationConstraint": .string(constraint)])
        }
        guard call.place.region == homeRegion || call.place.region == region else {
            throw call.refusal(
                code,
                message: "The \(constraint) location constraint is incompatible for the region specific endpoint this "
                    + "request was sent to.")
        }
        return region
    }

    private static func head(_ state: inout S3, _ call: FakeCall) throws(WireError) -> Outcome {
        let bucket = try state.bucket(of: call)
        var output: Fields = [
            "BucketArn": .string(bucket.arn), "BucketRegion": .string(bucket.region), "AccessPointAlias": false,
        ]
        if let zone = bucket.zone {
            output["BucketLocationType"] = "AvailabilityZone"
            output["BucketLocationName"] = .string(zone)
        }
        return .output(output)
    }

    private static func delete(_ state: inout S3, _ call: FakeCall) throws(WireError) -> Outcome {
        let index = try state.index(of: call)
        let bucket = state.buckets.values[index]
        guard bucket.objects.isEmpty else {
            let message =
                bucket.versioning == .never
                ? nil : "The bucket you tried to delete is not empty. You must delete all versions in the bucket."
            throw call.refusal("BucketNotEmpty", ["BucketName": .string(bucket.name)], message: message)
        }
        state.buckets.remove(at: index)
        return .output([:])
    }

    private static func location(_ state: inout S3, _ call: FakeCall) throws(WireError) -> Outcome {
        // The one operation that every region answers for every bucket.
        let name = call.members.text("Bucket")
        guard let bucket = state.buckets[name] else {
            throw BucketName.isValid(name) ? call.noSuchBucket(name) : call.invalidBucketName(name)
        }
        if let owner = call.members.optionalText("ExpectedBucketOwner"), owner != bucket.account {
            throw call.accessDenied()
        }
        return .output(bucket.region == homeRegion ? [:] : ["LocationConstraint": .string(bucket.region)])
    }
}
