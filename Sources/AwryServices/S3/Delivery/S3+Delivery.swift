// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryDigest
import AwryPolicy

extension S3 {
    /// As who S3 puts objects and sends messages.
    static let service = "s3.amazonaws.com"

    /// An object that S3 itself puts into a bucket.
    struct Delivered: Sendable {
        let key: String
        let bytes: [UInt8]
        /// Its `Content-Type`.
        let type: String
        /// What is granted beside its owner's access, where ACLs count.
        var grants: [Fields] = []
        /// How it is encrypted; nil leaves that to its bucket.
        var encryption: ObjectEncryption?
    }

    /// Puts an object of S3's own in, encrypted as the bucket says, and tells of it.
    mutating func deliver(
        _ delivered: Delivered, inBucketAt index: Dictionary<String, Bucket>.Index, at time: Timestamp
    ) {
        let bucket = buckets.values[index]
        let body = ObjectBody(Blob(delivered.bytes))
        let encryption = delivered.encryption ?? bucket.defaultEncryption
        let etag = encryption.etag(md5: Digests.md5(delivered.bytes))
        var content = ObjectContent(body: body, etag: etag, acl: AccessControlList(owner: bucket.acl.owner))
        content.encryption = encryption
        content.checksum = ObjectChecksum(of: body, .crc64nvme)
        content.headers = ["ContentType": .string(delivered.type)]
        if bucket.ownership != .bucketOwnerEnforced { content.acl.grants += delivered.grants.compactMap(\.grant) }
        let id = bucket.versioning == .enabled ? nextVersionID() : nil
        let version = ObjectVersion(id: id, modifiedAt: time, owner: content.acl.owner, content: content)
        buckets.values[index].add(version, to: ObjectKey(delivered.key))
        report(.put, of: version, ObjectKey(delivered.key), inBucketAt: index, at: time)
    }
}

extension Fields {
    /// A grant of logging's or a policy's document.
    fileprivate var grant: AccessControlList.Grant? {
        let grantee = self["Grantee"]?.fields
        guard let permission = self["Permission"]?.string else { return nil }
        if let id = grantee?["ID"]?.string { return .init(grantee: .user(id), permission: permission) }
        return grantee?["URI"]?.string.map { .init(grantee: .group($0), permission: permission) }
    }
}

extension Bucket {
    /// Whether the bucket's policy lets a service of AWS's put an object here, for what another bucket has set.
    func admits(_ service: String, at key: String, from source: Bucket) -> Bool {
        let text = configuration[.policy]?["Policy"]?.string ?? ""
        return source.isServed(by: service, text, "s3:PutObject", on: "\(arn)/\(key)", of: account)
    }

    /// Whether a resource's policy lets a service of AWS's do something to it, for what this bucket has set.
    func isServed(
        by service: String, _ policy: String, _ action: String, on resource: String, of account: String
    ) -> Bool {
        let keys = GivenKeys([
            "aws:SourceArn": [arn], "aws:SourceAccount": [self.account],
            "aws:PrincipalIsAWSService": ["true"], "aws:PrincipalServiceName": [service],
            "aws:SecureTransport": ["true"], "s3:x-amz-acl": ["bucket-owner-full-control"],
        ])
        let request = PolicyRequest(
            action: action, resource: resource, principal: .service(service), resourceAccount: account, keys: keys)
        guard let policy = try? Policy(policy, as: .any) else { return false }
        return PolicyLayers(resource: PolicySet("resource policy", policy)).judge(request).isAllowed
    }
}
