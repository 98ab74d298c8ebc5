// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel
import AwryPolicy

/// What came of judging a call by policies.
public struct Judgement: Sendable {
    /// What the client is told; nil where the call may be carried out.
    public var error: WireError?
    /// The positions of a batch's entries that may not, and what is told of them.
    public var failing: [Int] = []
    /// The error of those entries.
    public var failure: WireError?
    /// All that led to the decision, for `explain`.
    public var rights: [JudgedRight] = []
}

extension World {
    /// Judges a call by the policies that have a say in it. Only what has a fake is judged.
    public func judge(_ call: FakeCall, _ circumstances: Circumstances) -> Judgement {
        guard !call.operation.traits.isUnsigned else { return judgePublic(call, circumstances) }
        var judgement = Judgement()
        var held = held(circumstances.authType == nil ? nil : call.principal, at: call.now)
        if call.operation.name == "AssumeRole", call.input["SerialNumber"] != nil {
            // A wrong password is refused by the operation itself.
            guard readIdentity({ $0.isProven(call) }) else { return judgement }
            var rights = held.rights
            rights.isSession = true
            rights.authenticatedByDevice = call.now
            held = PolicyShelf.Held(version: held.version, rights: rights, layers: held.layers)
        }
        let organization = policies.organization
        for right in rights(call) {
            let guardian = right.guardian.flatMap { self.guardian($0, at: call.now) }
            let keys = CallKeys(
                call: call, circumstances: circumstances, caller: held, guardian: guardian,
                organization: organization)
            let request = PolicyRequest(
                action: right.action, resource: right.resource, principal: held.rights.principal,
                resourceAccount: guardian?.account, keys: keys)
            var layers = held.layers
            organization?.add(
                to: &layers, held.rights, service: call.service.name,
                resourceAccount: guardian?.account ?? call.place.account)
            if let guardian, !guardian.documents.isEmpty || guardian.mustAllow {
                layers.resource = policies.set(guardian.documents)
                if guardian.mustAllow { layers.resourceRule = .mustAllow }
                layers.restrictsPublic = guardian.isRestricted
            }
            var decision = layers.judge(request)
            if layers.restrictsPublic, !decision.isAllowed, let guardian, !guardian.isPublic {
                layers.restrictsPublic = false
                decision = layers.judge(request)
            }
            guard !decision.isAllowed, !Self.isRootsOwn(right, decision, held.rights) else {
                judgement.rights.append(JudgedRight(request, decision))
                continue
            }
            judgement.rights.append(JudgedRight(request, decision, layers.trace(request)))
            let error = Denial(call: call, right: right, decision: decision, request: request).error
            guard let positions = right.positions else {
                judgement.error = error
                return judgement
            }
            judgement.failing += positions
            judgement.failure = error
        }
        return judgement
    }

    /// An account's root always comes to its buckets' policies, however they lock it out ("Bucket policies").
    private static func isRootsOwn(_ right: NeededRight, _ decision: Decision, _ held: HeldRights) -> Bool {
        held.principal.kind == .root && decision.layer == .resource
            && ["s3:GetBucketPolicy", "s3:PutBucketPolicy", "s3:DeleteBucketPolicy"].contains(right.action)
    }

    /// Whether a caller may do one thing more, as S3 asks before it says that an object is not there.
    public func mayList(_ bucket: String, for call: FakeCall, _ circumstances: Circumstances) -> Bool {
        let right = S3Rights.right("ListBucket", bucket)
        let held = held(circumstances.authType == nil ? nil : call.principal, at: call.now)
        let guardian = right.guardian.flatMap { self.guardian($0, at: call.now) }
        var layers = held.layers
        if let guardian, !guardian.documents.isEmpty { layers.resource = policies.set(guardian.documents) }
        let keys = CallKeys(
            call: call, circumstances: circumstances, caller: held, guardian: guardian,
            organization: policies.organization)
        return layers.judge(
            PolicyRequest(
                action: right.action, resource: right.resource, principal: held.rights.principal,
                resourceAccount: guardian?.account, keys: keys)
        ).isAllowed
    }

    private func rights(_ call: FakeCall) -> [NeededRight] {
        let rights = ownRights(call)
        return RequestTags.right(call, beside: rights.first).map { rights + [$0] } ?? rights
    }

    private func ownRights(_ call: FakeCall) -> [NeededRight] {
        switch call.service.name {
        case "s3": S3Rights.of(call)
        case "sqs": SQSRights.of(call)
        case "kinesis": readKinesis { KinesisRights.of(call, $0) }
        case "sts": STSRights.of(call)
        case "iam": readIdentity { IAMRights.of(call, $0.accounts[call.place.account]) }
        case "cognito-idp", "cognito-identity": CognitoRights.of(call)
        default: []
        }
    }

    private func held(_ principal: Principal?, at now: Timestamp) -> PolicyShelf.Held {
        let caller = principal.map { $0.accessKeyID ?? $0.arn } ?? ""
        let version = identityVersion
        if let held = policies.held(caller, version, at: now) { return held }
        let rights = readIdentity { $0.rights(of: principal, at: now) }
        let layers = PolicyLayers(
            identity: policies.set(rights.identity), boundary: rights.boundary.map { policies.set($0) },
            session: rights.session.map { policies.set($0) })
        let held = PolicyShelf.Held(version: version, rights: rights, layers: layers)
        policies.keep(held, of: caller)
        return held
    }

    func guardian(_ guardian: NeededRight.Guardian, at now: Timestamp) -> ResourceGuard? {
        switch guardian {
        case .bucket(let name, let key): readS3 { $0.guardian(of: name, key: key) }
        case .queue(let key): readSQS { $0.guardian(of: key) }
        case .role(let arn): readIdentity { $0.guardian(ofRole: arn, at: now) }
        case .identity(let arn): readIdentity { $0.guardian(ofIdentity: arn) }
        case .stream(let arn): readKinesis { $0.guardian(ofARN: arn) }
        case .pool(let arn):
            readUserPools { $0.guardian(ofARN: arn) } ?? readIdentityPools { $0.guardian(ofARN: arn) }
        }
    }
}
