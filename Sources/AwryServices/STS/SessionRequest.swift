// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryPolicy

/// A session that is asked for, whoever vouches for its holder.
struct SessionRequest: Sendable {
    /// The longest session that a session of another role may open ("Role chaining" of the IAM User Guide).
    static let longestChain: Int64 = 3600

    let role: RoleARN
    let name: String
    var isChained = false
    var tags: Fields = [:]
    var transitive: [String] = []
    var sourceIdentity: String?
    /// `aws:FederatedProvider`.
    var provider: String?
    /// What the provider says of the holder as long as the session lasts.
    var vouched = GivenKeys()
    /// How long an identity provider lets it last, in seconds.
    var longest: Int64?

    init(_ role: RoleARN, name: String) {
        self.role = role
        self.name = name
    }

    /// Takes the tags that go on from the caller's own session.
    mutating func inherit(_ caller: IAMSession?, _ call: FakeCall) throws(WireError) {
        guard let caller else { return }
        for name in caller.transitive {
            if tags[name] != nil {
                throw call.error(
                    "InvalidParameterValue",
                    "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag "
                        + "key from the calling session.")
            }
            tags[name] = caller.tags[name]
            transitive.append(name)
        }
    }

    /// What trust policies may ask for.
    func add(to keys: inout GivenKeys) {
        keys["sts:RoleSessionName"] = [name]
        keys["sts:SourceIdentity"] = sourceIdentity.map { [$0] }
        for (key, value) in tags { keys["aws:RequestTag/\(key)"] = [value.string ?? ""] }
        if !tags.isEmpty { keys["aws:TagKeys"] = Array(tags.names) }
        if !transitive.isEmpty { keys["sts:TransitiveTagKeys"] = transitive }
    }
}

/// The policies that a call of STS narrows its session by.
struct SessionPolicies: Sendable {
    var documents: [String] = []
    var arns: [String] = []
    /// How much of the room for policies and tags is taken, in percent; nil where there are neither.
    var packedSize: Int64?

    init(_ call: FakeCall, account: IAMAccount, tags: Fields = [:]) throws(WireError) {
        if let document = call.members.optionalText("Policy") {
            try IAMPolicyText.check(document, call)
            documents = [document]
        }
        arns = call.members.structures("PolicyArns").map { $0.text("arn") }
        // "You can provide up to 10 managed policy ARNs" (AssumeRole of the STS API Reference).
        guard arns.count <= 10 else {
            throw call.error("ValidationError", "The number of managed session policies exceeds the limit of 10.")
        }
        for arn in arns where account.policy(arn) == nil {
            throw call.error("InvalidParameterValue", "Policy \(arn) does not exist or is not attachable.")
        }
        let size =
            documents.reduce(0) { $0 + PolicyKind.length(of: $1) } + arns.reduce(0) { $0 + $1.utf8.count }
            + tags.reduce(0) { $0 + $1.name.utf8.count + ($1.value.string ?? "").utf8.count }
        guard size > 0 else { return }
        // The packed form is AWS's own; a document as long as is allowed fills it.
        packedSize = Int64((size * 100 + PolicyKind.Limit.sessionPolicies - 1) / PolicyKind.Limit.sessionPolicies)
        if let packedSize, packedSize > 100 {
            throw call.error(
                "PackedPolicyTooLarge",
                "Packed size of session policies and tags consumes \(packedSize)% of allotted space.")
        }
    }
}

extension IAM {
    /// Opens a session of a role, and says so in an output.
    mutating func open(_ request: SessionRequest, of role: IAMRole, _ call: FakeCall) throws(WireError) -> Fields {
        var seconds = call.members.integer("DurationSeconds") ?? min(IAMRole.defaultSession, role.longestSession)
        guard seconds <= role.longestSession else {
            throw call.error(
                "ValidationError", "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.")
        }
        if request.isChained, seconds > SessionRequest.longestChain {
            throw call.error(
                "ValidationError",
                "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.")
        }
        if let longest = request.longest { seconds = min(seconds, longest) }
        let account = request.role.account
        let policies = try SessionPolicies(call, account: self[account], tags: request.tags)
        let principal = self[account].principal(role: role.entity.name, session: request.name)
        let key = self[account].open(principal, lasting: .seconds(seconds), now: call.now) { session in
            session.roleARN = request.role.text
            session.policies = policies.documents
            session.policyARNs = policies.arns
            session.tags = request.tags
            session.transitive = request.transitive
            session.sourceIdentity = request.sourceIdentity
            session.federatedProvider = request.provider
            session.vouched = request.vouched
        }
        var output: Fields = [
            "Credentials": key.credentials,
            "AssumedRoleUser": ["AssumedRoleId": .string(principal.userID), "Arn": .string(principal.arn)],
        ]
        if let size = policies.packedSize { output["PackedPolicySize"] = .integer(size) }
        return output
    }

    /// The caller as policies may name it.
    func policyPrincipal(_ call: FakeCall) -> PolicyPrincipal {
        let caller = call.principal
        switch caller.kind {
        case .root: return .root(of: caller.account)
        case .user: return .user(caller.arn, uniqueID: caller.userID)
        case .assumedRole:
            let role = session(caller.accessKeyID)?.roleARN ?? ""
            return .session(caller.arn, of: role, uniqueID: caller.userID)
        case .federatedUser:
            return PolicyPrincipal(.federatedUser, account: caller.account, arn: caller.arn, uniqueID: caller.userID)
        case .service: return .service(caller.arn)
        }
    }

    /// What is known of the caller, for conditions.
    func conditionKeys(of call: FakeCall) -> GivenKeys {
        let caller = call.principal
        let session = session(caller.accessKeyID)
        var keys = GivenKeys([
            "aws:PrincipalArn": [session?.roleARN ?? caller.arn], "aws:PrincipalAccount": [caller.account],
            "aws:userid": [caller.userID], "aws:CurrentTime": [TimeFormats.iso8601(call.now)],
            "aws:EpochTime": [String(call.now.seconds)], "aws:RequestedRegion": [call.place.region],
        ])
        keys["aws:username"] = caller.userName.map { [$0] }
        if let session {
            keys["aws:MultiFactorAuthPresent"] = [String(session.authenticatedByDevice != nil)]
            keys["aws:MultiFactorAuthAge"] = session.authenticatedByDevice.map {
                [String(call.now.seconds - $0.seconds)]
            }
            keys["aws:FederatedProvider"] = session.federatedProvider.map { [$0] }
        }
        let account = accounts[caller.account]
        let role = session?.roleARN.flatMap { $0.split(separator: "/").last }.flatMap {
            account?.roles[IAMRole.key(String($0))]
        }
        let own = (account?.user(id: caller.userID)?.entity ?? role?.entity)?.tags ?? [:]
        for (key, value) in own { keys["aws:PrincipalTag/\(key)"] = [value.string ?? ""] }
        for (key, value) in session?.tags ?? [:] { keys["aws:PrincipalTag/\(key)"] = [value.string ?? ""] }
        return keys
    }
}

extension IssuedKey {
    /// As STS's outputs show them.
    var credentials: Value {
        [
            "AccessKeyId": .string(accessKeyID), "SecretAccessKey": .string(secret),
            "SessionToken": .string(sessionToken ?? ""),
            "Expiration": .timestamp(expires ?? Timestamp(milliseconds: 0)),
        ]
    }
}
