// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

extension S3 {
    static var createBucket: Handler? { create }
    static var headBucket: Handler? { head }
    static var deleteBucket: Handler? { delete }
    static var getBucketLocation: Handler? { location }

    /// The region whose endpoint takes every location, and whose buckets have none.
    static let homeRegion = "us-east-1"

    private static func create(_ state: inout S3, _ call: FakeCall) throws(WireError) -> Outcome {
        let name = call.members.text("Bucket")
        let place = Place(account: call.place.account, region: try wantedRegion(call))
        if let held = state.buckets[name] {
            guard held.account == place.account else {
                throw call.refusal("BucketAlreadyExists", ["BucketName": .string(name)])
            }
            // In us-east-1 alone one's own bucket may be made again (CreateBucket, BucketAlreadyOwnedByYou).
            guard held.region == homeRegion, place.region == homeRegion else {
                throw call.refusal("BucketAlreadyOwnedByYou", ["BucketName": .string(name)])
            }
        } else {
            var bucket = Bucket(name, place: place, now: call.now)
            if call.members["ObjectLockEnabledForBucket"]?.bool == true {
                bucket.versioning = .enabled
                bucket.objectLock = Bucket.ObjectLock()
            }
            try bucket.adoptAccess(of: call)
            try bucket.adoptTags(of: call)
            state.buckets[name] = bucket
        }
        // Made from elsewhere, it is named by its whole address.
        let location =
            place.region == call.place.region && place.region != homeRegion
            ? "http://\(name).s3.amazonaws.com/" : "/\(name)"
        return .output(["Location": .string(location), "BucketArn": .string("arn:aws:s3:::\(name)")])
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
        if region == homeRegion || region.isEmpty {
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
        return .output([
            "BucketArn": .string(bucket.arn), "BucketRegion": .string(bucket.region), "AccessPointAlias": false,
        ])
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
        guard let bucket = state.buckets[name] else { throw call.noSuchBucket(name) }
        if let owner = call.members.optionalText("ExpectedBucketOwner"), owner != bucket.account {
            throw call.accessDenied()
        }
        return .output(bucket.region == homeRegion ? [:] : ["LocationConstraint": .string(bucket.region)])
    }
}
