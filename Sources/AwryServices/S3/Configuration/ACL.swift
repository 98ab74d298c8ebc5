// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Access control lists of buckets and of objects, and what a bucket's other settings have to say about them.
extension S3 {
    static var getBucketAcl: Handler? {
        { (state, call) throws(WireError) in
            let bucket = state.buckets.values[try state.index(of: call)]
            return .output(bucket.acl.shown)
        }
    }

    static var putBucketAcl: Handler? {
        { (state, call) throws(WireError) in
            let index = try state.index(of: call)
            let bucket = state.buckets.values[index]
            let wanted = try GrantReading(call: call, owner: bucket.acl.owner, bucketOwner: bucket.acl.owner).list()
            guard let wanted else { throw missingACL(call) }
            guard bucket.ownership != .bucketOwnerEnforced else { throw call.refusal("AccessControlListNotSupported") }
            if wanted.isPublic, bucket.blocks("BlockPublicAcls") { throw call.accessDenied() }
            state.buckets.values[index].acl = wanted
            return .output([:])
        }
    }

    static func missingACL(_ call: FakeCall) -> WireError {
        call.refusal("MissingSecurityHeader", ["MissingHeaderName": "x-amz-acl"])
    }
}

extension Bucket {
    /// The access to an object that a call puts into this bucket, and who owns it.
    ///
    /// Where ACLs are switched off, only the access that there is anyway may be asked for.
    func objectACL(of call: FakeCall) throws(WireError) -> AccessControlList {
        let ownership = self.ownership
        let writer = objectOwner(writer: call.place.account)
        let asked = try GrantReading(call: call, owner: writer, bucketOwner: acl.owner).list()
        let fullControl = "bucket-owner-full-control"
        switch ownership {
        case .bucketOwnerEnforced:
            let whole = AccessControlList(owner: acl.owner)
            let canned = call.input["ACL"]?.string ?? fullControl
            if let asked, asked.grants != whole.grants || canned != fullControl {
                throw call.refusal("AccessControlListNotSupported")
            }
            return whole
        case .bucketOwnerPreferred where call.input["ACL"]?.string == fullControl:
            return AccessControlList(owner: acl.owner)
        case .bucketOwnerPreferred, .objectWriter:
            let list = asked ?? AccessControlList(owner: writer)
            if list.isPublic, blocks("BlockPublicAcls") { throw call.accessDenied() }
            return list
        }
    }

    /// Takes over what CreateBucket says of ownership and access.
    mutating func adoptAccess(of call: FakeCall) throws(WireError) {
        let asked = try GrantReading(call: call, owner: acl.owner, bucketOwner: acl.owner).list()
        if let wanted = call.members.optionalText("ObjectOwnership").flatMap(ObjectOwnership.init) {
            setOwnership(wanted)
        }
        guard let asked, asked != AccessControlList(owner: acl.owner) else { return }
        if ownership == .bucketOwnerEnforced { throw call.refusal("InvalidBucketAclWithObjectOwnership") }
        if asked.isPublic, blocks("BlockPublicAcls") {
            throw call.refusal("InvalidBucketAclWithBlockPublicAccessError")
        }
        acl = asked
    }
}
