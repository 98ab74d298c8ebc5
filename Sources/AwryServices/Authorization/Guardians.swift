// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

/// What a resource says of who may use it, beside what the caller's own policies say.
struct ResourceGuard: Sendable {
    /// The account that owns the resource.
    var account: String
    /// Its policies as written: a bucket's and its access control lists', a queue's, a role's trust.
    var documents: [HeldRights.Document] = []
    /// Whether nothing goes without them.
    var mustAllow = false
    /// Whether what is granted to everyone counts for the owner's account alone.
    var isRestricted = false
    var tags: Fields = [:]
    /// The permissions boundary of a user or a role.
    var boundary: String?

    /// Whether a bucket's policy lets the public in: what it grants everyone under a condition that shuts the public
    /// out is not restricted.
    var isPublic: Bool { documents.contains { $0.name == "bucket policy" && BucketPolicy(kept: $0.text).isPublic } }
}

extension S3 {
    /// What a bucket, and the object that is asked for in it, say.
    func guardian(of name: String, key: String?) -> ResourceGuard? {
        guard let bucket = buckets[name] else { return nil }
        var found = ResourceGuard(account: bucket.account)
        if let text = bucket.configuration[.policy]?["Policy"]?.string {
            found.documents.append(("bucket policy", text))
            found.isRestricted = bucket.blocks("RestrictPublicBuckets")
        }
        let key = key.map { ObjectKey($0) }
        if let key { found.tags = bucket.tags(ofLatest: key) }
        guard bucket.ownership != .bucketOwnerEnforced else { return found }
        let ignoresPublic = bucket.blocks("IgnorePublicAcls")
        let list = ACLPolicy.text(bucket.acl, ACLPolicy.bucket, on: ["", "/*"], bucket, ignoresPublic: ignoresPublic)
        if let list { found.documents.append(("bucket ACL", list)) }
        if let key, let object = bucket.objects[key]?.last?.content,
            let text = ACLPolicy.text(object.acl, ACLPolicy.object, on: ["/*"], bucket, ignoresPublic: ignoresPublic)
        {
            found.documents.append(("object ACL", text))
        }
        return found
    }
}

/// Access control lists as the policies that they amount to ("Access control list (ACL) overview", Amazon S3 User
/// Guide: "Mapping of ACL permissions and access policy permissions").
private enum ACLPolicy {
    static let bucket: [String: [String]] = [
        "READ": ["ListBucket", "ListBucketVersions", "ListBucketMultipartUploads"],
        "WRITE": ["PutObject", "DeleteObject"],
        "READ_ACP": ["GetBucketAcl"], "WRITE_ACP": ["PutBucketAcl"],
    ]
    static let object: [String: [String]] = [
        "READ": ["GetObject", "GetObjectVersion"], "READ_ACP": ["GetObjectAcl", "GetObjectVersionAcl"],
        "WRITE_ACP": ["PutObjectAcl", "PutObjectVersionAcl"],
    ]

    /// Nil where the list grants nothing to others than the owner.
    static func text(
        _ acl: AccessControlList, _ actions: [String: [String]], on endings: [String], _ bucket: Bucket,
        ignoresPublic: Bool
    ) -> String? {
        var statements: [Value] = []
        for grant in acl.grants {
            let names = grant.permission == "FULL_CONTROL" ? Array(actions.values.joined()) : actions[grant.permission]
            guard let names, !names.isEmpty else { continue }
            var statement: Fields = [
                "Effect": "Allow", "Action": .list(names.sorted().map { .string("s3:\($0)") }),
                "Resource": .list(endings.map { .string(bucket.arn + $0) }),
            ]
            switch grant.grantee {
            case .user(let id) where id != S3Owner(account: bucket.account).id:
                statement["Principal"] = ["CanonicalUser": .string(id)]
            case .group(let uri) where !ignoresPublic && uri.hasSuffix("/AllUsers"): statement["Principal"] = "*"
            case .group(let uri) where !ignoresPublic && uri.hasSuffix("/AuthenticatedUsers"):
                statement["Principal"] = "*"
                statement["Condition"] = ["Null": ["aws:PrincipalArn": "false"]]
            default: continue
            }
            statements.append(.structure(statement))
        }
        guard !statements.isEmpty else { return nil }
        return JSON.text(["Version": "2012-10-17", "Statement": .list(statements)])
    }
}

extension SQS {
    /// What a queue says.
    func guardian(of key: QueueKey) -> ResourceGuard {
        var found = ResourceGuard(account: key.place.account)
        if let policy = queues[key]?.attributes.policy, !policy.isEmpty {
            found.documents.append(("queue policy", policy))
        }
        found.tags = queues[key]?.tags ?? [:]
        return found
    }
}

extension Kinesis {
    /// The ARN of what a call names by a token, by a consumer's name beside its stream, or by a stream's id.
    func arn(namedBy call: FakeCall) -> String? {
        let input = call.input
        if let arn = input["ConsumerARN"]?.string { return arn }
        let arn = input["StreamARN"]?.string ?? input["ResourceARN"]?.string
        if let arn, let name = input["ConsumerName"]?.string, call.operation.name != "RegisterStreamConsumer",
            let key = StreamKey(arn: arn), let consumer = streams[key]?.consumers.first(where: { $0.name == name })
        {
            return consumer.arn(of: key)
        }
        if let arn { return arn }
        if let name = input["StreamName"]?.string { return StreamKey(call.place, name).arn }
        if let id = input["StreamId"]?.string { return streams.values.first { $0.id == id }?.key.arn }
        let tokens: [(member: String, purpose: StreamToken.Purpose)] = [
            ("ShardIterator", .iterator), ("NextToken", .shards),
        ]
        for (member, purpose) in tokens {
            guard let text = input[member]?.string, let token = StreamToken(text, for: purpose) else { continue }
            return key(ofNumber: token.stream, call)?.arn
        }
        return nil
    }

    /// What a stream says, or a consumer of one; nil where the ARN is neither's.
    func guardian(ofARN arn: String) -> ResourceGuard? {
        guard let key = StreamKey(arn: arn) else { return nil }
        var found = ResourceGuard(account: key.place.account)
        guard let stream = streams[key] else { return found }
        let consumer = stream.consumers.first { $0.arn(of: key) == arn }
        guard let labels = arn == key.arn ? stream.labels : consumer?.labels else { return found }
        if let policy = labels.policy { found.documents.append(("resource policy", policy)) }
        for (name, value) in labels.tags { found.tags[name] = .string(value) }
        return found
    }
}

extension IAM {
    /// Whom a role trusts.
    func guardian(ofRole arn: String, at now: Timestamp) -> ResourceGuard? {
        guard let named = ARN(arn), let name = named.name else { return nil }
        var found = ResourceGuard(account: String(named.account), mustAllow: true)
        guard let role = accounts[found.account]?.roles[IAMRole.key(String(name))] else { return found }
        if let trust = trust(of: role, arn, at: now) { found.documents.append(("trust policy", trust)) }
        found.tags = role.entity.tags
        return found
    }
}

extension CognitoIDP {
    /// The ARN of the pool that a client is of; nil where there is no such client.
    func poolARN(ofClient id: String) -> String? { poolOfClient[id].flatMap { pools[$0]?.arn } }

    /// What a user pool says: it has tags, and no policy of its own.
    func guardian(ofARN arn: String) -> ResourceGuard? {
        guard let pool = pools[arn.split(separator: "/").last.map(String.init) ?? ""], pool.arn == arn else {
            return nil
        }
        return ResourceGuard(account: pool.place.account, tags: pool.tags)
    }
}

extension CognitoIdentity {
    /// The same of an identity pool.
    func guardian(ofARN arn: String) -> ResourceGuard? {
        guard let pool = IdentityPool.id(inARN: arn).flatMap({ pools[$0] }), pool.arn == arn else { return nil }
        return ResourceGuard(account: pool.place.account, tags: pool.tags)
    }
}
