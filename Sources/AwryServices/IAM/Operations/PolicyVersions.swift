// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryPolicy

extension IAM {
    static var createPolicyVersion: Handler? {
        on { (account, call) throws(WireError) in try account.addVersion(call) }
    }
    static var getPolicyVersion: Handler? {
        on { (account, call) throws(WireError) in
            let policy = try account.managedPolicy(call)
            let version = try policy.version(call)
            return ["PolicyVersion": .structure(policy.shown(version, document: true))]
        }
    }
    static var listPolicyVersions: Handler? {
        on { (account, call) throws(WireError) in
            let policy = try account.managedPolicy(call)
            return try call.page(
                ordered: policy.versions.reversed().map {
                    (name: $0.id, value: .structure(policy.shown($0, document: false)))
                }, as: "Versions")
        }
    }
    static var setDefaultPolicyVersion: Handler? {
        on { (account, call) throws(WireError) in
            var policy = try account.ownPolicy(call)
            policy.current = try policy.version(call).number
            policy.updated = call.now
            account.policies[policy.arn] = policy
            return [:]
        }
    }
    static var deletePolicyVersion: Handler? {
        on { (account, call) throws(WireError) in
            var policy = try account.ownPolicy(call)
            let version = try policy.version(call)
            guard version.number != policy.current else {
                throw call.error("DeleteConflict", "Cannot delete the default version of a policy.")
            }
            policy.versions.removeAll { $0.number == version.number }
            account.policies[policy.arn] = policy
            return [:]
        }
    }
}

extension IAMAccount {
    fileprivate mutating func addVersion(_ call: FakeCall) throws(WireError) -> Fields {
        var policy = try ownPolicy(call)
        let document = call.members.text("PolicyDocument")
        try IAMPolicyText.check(document, call)
        try IAMLimit.policySize.check(length: PolicyKind.length(of: document), call)
        guard policy.versions.count < IAMLimit.versions else {
            throw call.error(
                "LimitExceeded",
                "A managed policy can have up to \(IAMLimit.versions) versions. Before you create a new version, you "
                    + "must delete an existing version.")
        }
        let isCurrent = call.members["SetAsDefault"]?.bool ?? false
        let version = policy.add(document, isCurrent: isCurrent, now: call.now)
        policies[policy.arn] = policy
        return ["PolicyVersion": .structure(policy.shown(version, document: false))]
    }
}

extension ManagedPolicy {
    /// The version that a call names.
    func version(_ call: FakeCall) throws(WireError) -> Version {
        let id = call.members.text("VersionId")
        guard let version = versions.first(where: { $0.id == id }) else {
            throw call.error("NoSuchEntity", "Policy \(arn) version \(id) does not exist or is not attachable.")
        }
        return version
    }

    /// A version as outputs show it.
    func shown(_ version: Version, document: Bool) -> Fields {
        var fields: Fields = document ? ["Document": IAMPolicyText.shown(version.document)] : [:]
        fields["VersionId"] = .string(version.id)
        fields["IsDefaultVersion"] = .bool(version.number == current)
        fields["CreateDate"] = .timestamp(version.created)
        return fields
    }
}
