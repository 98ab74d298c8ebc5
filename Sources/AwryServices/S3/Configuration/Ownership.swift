// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Who owns what is put into a bucket, and whether ACLs count.
enum ObjectOwnership: String, Sendable {
    /// ACLs are switched off: the bucket's owner owns everything. So new buckets are since April 2023.
    case bucketOwnerEnforced = "BucketOwnerEnforced"
    case bucketOwnerPreferred = "BucketOwnerPreferred"
    case objectWriter = "ObjectWriter"
}

extension BucketConfiguration {
    /// Who owns what is put: the writer, where no controls are set.
    var ownership: ObjectOwnership {
        let rule = self[.ownershipControls]?["Rules"]?.list?.first?.fields
        return rule?["ObjectOwnership"]?.string.flatMap(ObjectOwnership.init) ?? .objectWriter
    }
}

extension Bucket {
    /// Sets the controls.
    mutating func setOwnership(_ ownership: ObjectOwnership) {
        configuration[.ownershipControls] = ["Rules": [["ObjectOwnership": .string(ownership.rawValue)]]]
    }
}

extension S3 {
    static var getBucketOwnershipControls: Handler? {
        getting(.ownershipControls, as: "OwnershipControls", orElse: "OwnershipControlsNotFoundError")
    }
    static var deleteBucketOwnershipControls: Handler? { removing(.ownershipControls) }
    static var putBucketOwnershipControls: Handler? { putOwnership }

    private static func putOwnership(_ state: inout S3, _ call: FakeCall) throws(WireError) -> Outcome {
        let index = try state.index(of: call)
        let rules = try call.document("OwnershipControls").structures("Rules")
        guard rules.count == 1, let wanted = ObjectOwnership(rawValue: rules[0].text("ObjectOwnership")) else {
            throw call.malformedXML()
        }
        let acl = state.buckets.values[index].acl
        if wanted == .bucketOwnerEnforced, acl != AccessControlList(owner: acl.owner) {
            throw call.refusal("InvalidBucketAclWithObjectOwnership")
        }
        state.buckets.values[index].setOwnership(wanted)
        return .output([:])
    }
}
