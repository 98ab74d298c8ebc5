// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension IAM {
    /// How long sessions without a role last unless the call says, and root's at most ("GetSessionToken" and
    /// "GetFederationToken" of the STS API Reference), in seconds.
    private static let usual: Int64 = 43_200
    private static let rootLongest: Int64 = 3600

    static var getSessionToken: Handler? {
        { (state, call) throws(WireError) in
            let caller = try own(call, "GetSessionToken")
            let device = try state.checkDevice(call)
            let asked = call.members.integer("DurationSeconds") ?? usual
            let seconds = caller.kind == .root ? min(asked, rootLongest) : asked
            let key = state[caller.account].open(caller, lasting: .seconds(seconds), now: call.now) { session in
                session.holder = caller.userID
                session.authenticatedByDevice = device ? call.now : nil
            }
            return .output(["Credentials": key.credentials])
        }
    }
    static var getFederationToken: Handler? {
        { (state, call) throws(WireError) in
            let caller = try own(call, "GetFederationToken")
            let asked = call.members.integer("DurationSeconds") ?? usual
            let seconds = caller.kind == .root ? min(asked, rootLongest) : asked
            let name = call.members.text("Name")
            let tags = try call.tags(beside: [:], limit: "TagsPerSession")
            let policies = try SessionPolicies(call, account: state[caller.account], tags: tags)
            let principal = Principal(
                kind: .federatedUser, account: caller.account,
                arn: "arn:aws:sts::\(caller.account):federated-user/\(name)", userID: "\(caller.account):\(name)",
                sessionName: name)
            let key = state[caller.account].open(principal, lasting: .seconds(seconds), now: call.now) { session in
                session.holder = caller.userID
                session.policies = policies.documents
                session.policyARNs = policies.arns
                session.tags = tags
            }
            var output: Fields = [
                "Credentials": key.credentials,
                "FederatedUser": ["FederatedUserId": .string(principal.userID), "Arn": .string(principal.arn)],
            ]
            if let size = policies.packedSize { output["PackedPolicySize"] = .integer(size) }
            return .output(output)
        }
    }
    static var assumeRoot: Handler? {
        { (state, call) throws(WireError) in
            let target = call.members.text("TargetPrincipal")
            let account = ARN(target).map { String($0.account) } ?? target
            guard AccountID.isValid(account) else {
                throw call.error("ValidationError", "\(target) is invalid")
            }
            let policy = call.members.fields("TaskPolicyArn")["arn"]?.string ?? ""
            guard policy.hasPrefix("arn:aws:iam::aws:policy/root-task/"), ManagedPolicy.ofAWS[policy] != nil else {
                throw call.error("ValidationError", "\(policy) is not a policy for AssumeRoot.")
            }
            guard state[call.place.account].rootFeatures.contains("RootSessions") else {
                throw call.denied("sts:AssumeRoot", on: "arn:aws:iam::\(account):root")
            }
            let seconds = call.members.integer("DurationSeconds") ?? 900
            let key = state[account].open(.root(of: account), lasting: .seconds(seconds), now: call.now) { session in
                session.policyARNs = [policy]
                session.holder = account
            }
            return .output(["Credentials": key.credentials])
        }
    }

    /// The caller, if its key is its own: sessions open no sessions of these kinds.
    private static func own(_ call: FakeCall, _ name: String) throws(WireError) -> Principal {
        let isSession = call.principal.accessKeyID?.hasPrefix("ASIA") ?? false
        guard !isSession, call.principal.kind == .root || call.principal.kind == .user else {
            throw call.error("AccessDenied", "Cannot call \(name) with session credentials")
        }
        return call.principal
    }
}
