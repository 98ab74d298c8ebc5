// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel
import AwryPolicy

extension IAM {
    static var createPolicy: Handler? { on { (account, call) throws(WireError) in try account.createPolicy(call) } }
    static var getPolicy: Handler? {
        on { (account, call) throws(WireError) in
            ["Policy": .structure(account.shown(try account.managedPolicy(call), account.attachments))]
        }
    }
    static var listPolicies: Handler? { on { (account, call) throws(WireError) in try account.listPolicies(call) } }
    static var deletePolicy: Handler? { on { (account, call) throws(WireError) in try account.deletePolicy(call) } }
    static var listEntitiesForPolicy: Handler? {
        on { (account, call) throws(WireError) in try account.listEntities(call) }
    }
}

extension IAMAccount {
    /// How often each policy is attached, and how often it bounds somebody.
    struct Attachments {
        var attached: [String: Int64] = [:]
        var bounding: [String: Int64] = [:]
    }

    var attachments: Attachments {
        var found = Attachments()
        for holder in holders {
            for arn in holder.permissions.attached { found.attached[arn, default: 0] += 1 }
            if let arn = holder.permissions.boundary { found.bounding[arn, default: 0] += 1 }
        }
        return found
    }

    /// The policy that a call's `PolicyArn` names, the account's own or AWS's.
    func managedPolicy(_ call: FakeCall) throws(WireError) -> ManagedPolicy {
        let arn = try policyARN(call)
        guard let found = policy(arn) else { throw call.error("NoSuchEntity", ManagedPolicy.missing(arn)) }
        return found
    }

    /// The same where it is to be changed: AWS's belong to nobody here.
    func ownPolicy(_ call: FakeCall) throws(WireError) -> ManagedPolicy {
        let found = try managedPolicy(call)
        guard !found.isOfAWS else {
            throw call.error(
                "AccessDenied",
                "User: \(call.principal.arn) is not authorized to perform: iam:\(call.operation.name) on resource: "
                    + "policy \(found.arn)")
        }
        return found
    }

    fileprivate mutating func createPolicy(_ call: FakeCall) throws(WireError) -> Fields {
        let (name, document) = (call.members.text("PolicyName"), call.members.text("PolicyDocument"))
        let path = call.members.optionalText("Path") ?? "/"
        let arn = "arn:aws:iam::\(id):policy\(path)\(name)"
        guard !policies.values.contains(where: { $0.entity.name.lowercased() == name.lowercased() }) else {
            throw call.error(
                "EntityAlreadyExists",
                "A policy called \(name) already exists. Duplicate names are not allowed.")
        }
        try IAMLimit.policies.check(policies.count, call)
        try IAMPolicyText.check(document, call)
        try IAMLimit.policySize.check(length: PolicyKind.length(of: document), call)
        var entity = IAMEntity(name: name, path: path, id: uniqueID("ANPA"), created: call.now)
        entity.tags = try call.tags(beside: [:])
        let policy = ManagedPolicy(
            entity, arn: arn, description: call.members.optionalText("Description"), document: document)
        policies[arn] = policy
        var fields = shown(policy, Attachments())
        // A new policy's answer does not repeat the description.
        fields["Description"] = nil
        return ["Policy": .structure(fields)]
    }

    /// A policy as outputs show it.
    func shown(_ policy: ManagedPolicy, _ attachments: Attachments, tags: Bool = true) -> Fields {
        var fields: Fields = [
            "PolicyName": .string(policy.entity.name), "PolicyId": .string(policy.entity.id),
            "Arn": .string(policy.arn), "Path": .string(policy.entity.path),
            "DefaultVersionId": .string("v\(policy.current)"),
            "AttachmentCount": .integer(attachments.attached[policy.arn] ?? 0),
            "PermissionsBoundaryUsageCount": .integer(attachments.bounding[policy.arn] ?? 0), "IsAttachable": true,
            "CreateDate": .timestamp(policy.entity.created), "UpdateDate": .timestamp(policy.updated),
        ]
        guard tags else { return fields }
        if let text = policy.description { fields["Description"] = .string(text) }
        if !policy.entity.tags.isEmpty { fields["Tags"] = .tags(policy.entity.tags) }
        return fields
    }

    fileprivate func listPolicies(_ call: FakeCall) throws(WireError) -> Fields {
        let counts = attachments
        let scope = call.members.text("Scope")
        let prefix = call.members.optionalText("PathPrefix") ?? "/"
        let usage = call.members.text("PolicyUsageFilter")
        let onlyAttached = call.members["OnlyAttached"]?.bool ?? false
        var found: [ManagedPolicy] = scope == "AWS" ? [] : Array(policies.values)
        if scope != "Local" { found += ManagedPolicy.ofAWS.values }
        found = found.filter { policy in
            let attached = counts.attached[policy.arn] != nil
            let bounding = counts.bounding[policy.arn] != nil
            let isUsed =
                switch usage {
                case "PermissionsPolicy": attached
                case "PermissionsBoundary": bounding
                default: !onlyAttached || attached || bounding
                }
            return isUsed && policy.entity.path.hasPrefix(prefix)
        }
        return try call.page(
            found.map { (name: $0.entity.name, value: .structure(shown($0, counts, tags: false))) }, as: "Policies")
    }

    fileprivate mutating func deletePolicy(_ call: FakeCall) throws(WireError) -> Fields {
        let policy = try ownPolicy(call)
        let counts = attachments
        if counts.attached[policy.arn] != nil || counts.bounding[policy.arn] != nil {
            throw call.error("DeleteConflict", "Cannot delete a policy attached to entities.")
        }
        if policy.versions.count > 1 {
            throw call.error(
                "DeleteConflict",
                "This policy has more than one version. Before you delete a policy, you must delete the policy's "
                    + "versions. The default version is deleted with the policy.")
        }
        policies[policy.arn] = nil
        return [:]
    }

    fileprivate func listEntities(_ call: FakeCall) throws(WireError) -> Fields {
        let arn = try managedPolicy(call).arn
        let filter = call.members.text("EntityFilter")
        let prefix = call.members.optionalText("PathPrefix") ?? "/"
        let usage = call.members.text("PolicyUsageFilter")
        func uses(_ holder: some PolicyHolder) -> Bool {
            let attached = holder.permissions.attached.contains(arn) && usage != "PermissionsBoundary"
            let bounded = holder.permissions.boundary == arn && usage != "PermissionsPolicy"
            return (attached || bounded) && holder.entity.path.hasPrefix(prefix)
        }
        func names<Holder: PolicyHolder>(_ holders: [String: Holder], _ wanted: String) -> [(
            name: String, value: Value
        )] {
            guard filter.isEmpty || filter == wanted || filter.hasSuffix("ManagedPolicy") else { return [] }
            return holders.values.filter { uses($0) }.map { holder in
                let value: Value = [
                    "\(Holder.kind)Name": .string(holder.entity.name), "\(Holder.kind)Id": .string(holder.entity.id),
                ]
                return (name: holder.entity.name.lowercased(), value: value)
            }.sorted { $0.name < $1.name }
        }
        let lists = [
            ("PolicyGroups", names(groups, "Group")), ("PolicyUsers", names(users, "User")),
            ("PolicyRoles", names(roles, "Role")),
        ]
        let all = lists.flatMap { list, found in found.map { (list: list, name: "\(list)/\($0.name)", value: $0.value) }
        }
        let (shown, marker) = try call.slice(all.map(\.name))
        var output: Fields = ["IsTruncated": .bool(marker != nil)]
        for (list, _) in lists { output[list] = .list(all[shown].filter { $0.list == list }.map(\.value)) }
        if let marker { output["Marker"] = .string(marker) }
        return output
    }
}
