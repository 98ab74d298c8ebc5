// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension S3 {
    static var getObjectAcl: Handler? { read }
    static var putObjectAcl: Handler? { put }

    private static func read(_ state: inout S3, _ call: FakeCall) throws(WireError) -> Outcome {
        let bucket = try state.bucket(of: call)
        let found = try bucket.object(
            try call.objectKey(), version: call.members.optionalText("VersionId"), call, isRead: false)
        // Where ACLs are switched off, the owner's is all the access there is.
        let isOff = bucket.ownership == .bucketOwnerEnforced
        return .output(isOff ? AccessControlList(owner: bucket.acl.owner).shown : found.content.acl.shown)
    }

    private static func put(_ state: inout S3, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onObject(of: call, .aclPut) { (content, bucket) throws(WireError) in
            let asked = try GrantReading(
                call: call, owner: content.acl.owner, bucketOwner: bucket.acl.owner
            ).list()
            guard let asked else { throw missingACL(call) }
            guard bucket.ownership != .bucketOwnerEnforced else {
                throw call.refusal("AccessControlListNotSupported")
            }
            if asked.isPublic, bucket.blocks("BlockPublicAcls") { throw call.accessDenied() }
            content.acl = asked
        }
        return .output([:])
    }
}
