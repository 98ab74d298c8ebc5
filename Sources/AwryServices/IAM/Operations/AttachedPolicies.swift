// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension IAM {
    static var attachUserPolicy: Handler? { attach(IAMUser.self) }
    static var attachGroupPolicy: Handler? { attach(IAMGroup.self) }
    static var attachRolePolicy: Handler? { attach(IAMRole.self) }
    static var detachUserPolicy: Handler? { detach(IAMUser.self) }
    static var detachGroupPolicy: Handler? { detach(IAMGroup.self) }
    static var detachRolePolicy: Handler? { detach(IAMRole.self) }
    static var listAttachedUserPolicies: Handler? { listAttached(IAMUser.self) }
    static var listAttachedGroupPolicies: Handler? { listAttached(IAMGroup.self) }
    static var listAttachedRolePolicies: Handler? { listAttached(IAMRole.self) }
    static var putUserPermissionsBoundary: Handler? { bound(IAMUser.self) }
    static var putRolePermissionsBoundary: Handler? { bound(IAMRole.self) }
    static var deleteUserPermissionsBoundary: Handler? { unbound(IAMUser.self) }
    static var deleteRolePermissionsBoundary: Handler? { unbound(IAMRole.self) }

    private static func attach<Holder: PolicyHolder>(_ kind: Holder.Type) -> Handler {
        on { (account, call) throws(WireError) in
            let arn = try account.policyARN(call)
            let holder = try account.find(kind, call)
            try account.refuseProtected(holder, call)
            try IAMAccount.checkAttachable(arn, call)
            guard account.policy(arn) != nil else {
                throw call.error("NoSuchEntity", "Policy \(arn) does not exist or is not attachable.")
            }
            guard !holder.permissions.attached.contains(arn) else { return [:] }
            try IAMLimit.attached(to: Holder.kind).check(holder.permissions.attached.count, call)
            return try account.change(kind, call) { (holder) throws(WireError) in
                holder.permissions.attached.append(arn)
                return [:]
            }
        }
    }

    private static func detach<Holder: PolicyHolder>(_ kind: Holder.Type) -> Handler {
        on { (account, call) throws(WireError) in
            let arn = try account.policyARN(call)
            let holder = try account.find(kind, call)
            try account.refuseProtected(holder, call)
            guard holder.permissions.attached.contains(arn) else {
                throw call.error("NoSuchEntity", "Policy \(arn) was not found.")
            }
            return try account.change(kind, call) { (holder) throws(WireError) in
                holder.permissions.attached.removeAll { $0 == arn }
                return [:]
            }
        }
    }

    private static func listAttached<Holder: PolicyHolder>(_ kind: Holder.Type) -> Handler {
        on { (account, call) throws(WireError) in
            let prefix = call.members.optionalText("PathPrefix") ?? "/"
            let policies = try account.find(kind, call).permissions.attached.compactMap { account.policy($0) }
            return try call.page(
                policies.filter { $0.entity.path.hasPrefix(prefix) }.map { (name: $0.entity.name, value: $0.named) },
                as: "AttachedPolicies")
        }
    }

    private static func bound<Holder: PolicyHolder>(_ kind: Holder.Type) -> Handler {
        on { (account, call) throws(WireError) in
            let holder = try account.find(kind, call)
            try account.refuseProtected(holder, call)
            let boundary = try account.boundary(call)
            return try account.change(kind, call) { (holder) throws(WireError) in
                holder.permissions.boundary = boundary
                return [:]
            }
        }
    }

    private static func unbound<Holder: PolicyHolder>(_ kind: Holder.Type) -> Handler {
        on { (account, call) throws(WireError) in
            let holder = try account.find(kind, call)
            try account.refuseProtected(holder, call)
            guard holder.permissions.boundary != nil else {
                throw call.error(
                    "NoSuchEntity", "\(Holder.kind) \(holder.entity.name) does not have a permissions boundary.")
            }
            return try account.change(kind, call) { (holder) throws(WireError) in
                holder.permissions.boundary = nil
                return [:]
            }
        }
    }
}

extension ManagedPolicy {
    /// As listings of attachments name it.
    var named: Value { ["PolicyName": .string(entity.name), "PolicyArn": .string(arn)] }
}

extension IAMAccount {
    /// The ARN of a policy that a call names.
    func policyARN(_ call: FakeCall) throws(WireError) -> String {
        let arn = call.members.text("PolicyArn")
        try ManagedPolicy.checkARN(arn, call)
        return arn
    }

    /// Refuses the policies of services' own roles.
    fileprivate static func checkAttachable(_ arn: String, _ call: FakeCall) throws(WireError) {
        if arn.hasPrefix("arn:aws:iam::aws:policy/aws-service-role/") {
            throw call.error("PolicyNotAttachable", "Cannot attach a Service Role Policy to a Customer Role.")
        }
    }

    /// The permissions boundary that a call names, if it does.
    func boundary(_ call: FakeCall) throws(WireError) -> String? {
        guard let arn = call.members.optionalText("PermissionsBoundary") else { return nil }
        try ManagedPolicy.checkARN(arn, call)
        try Self.checkAttachable(arn, call)
        guard policy(arn) != nil else {
            throw call.error("NoSuchEntity", "Scope ARN: \(arn) does not exist or is not attachable.")
        }
        return arn
    }
}
