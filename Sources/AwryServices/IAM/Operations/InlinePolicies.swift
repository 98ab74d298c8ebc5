// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryPolicy

extension IAM {
    static var putUserPolicy: Handler? { put(IAMUser.self) }
    static var putGroupPolicy: Handler? { put(IAMGroup.self) }
    static var putRolePolicy: Handler? { put(IAMRole.self) }
    static var getUserPolicy: Handler? { show(IAMUser.self) }
    static var getGroupPolicy: Handler? { show(IAMGroup.self) }
    static var getRolePolicy: Handler? { show(IAMRole.self) }
    static var deleteUserPolicy: Handler? { delete(IAMUser.self) }
    static var deleteGroupPolicy: Handler? { delete(IAMGroup.self) }
    static var deleteRolePolicy: Handler? { delete(IAMRole.self) }
    static var listUserPolicies: Handler? { list(IAMUser.self) }
    static var listGroupPolicies: Handler? { list(IAMGroup.self) }
    static var listRolePolicies: Handler? { list(IAMRole.self) }

    private static func put<Holder: PolicyHolder>(_ kind: Holder.Type) -> Handler {
        on { (account, call) throws(WireError) in
            let (name, document) = (call.members.text("PolicyName"), call.members.text("PolicyDocument"))
            let fresh = try account.find(kind, call)
            try account.refuseProtected(fresh, call)
            try IAMPolicyText.check(document, call)
            return try account.change(kind, call) { (holder) throws(WireError) in
                holder.permissions.inline[name] = .string(document)
                let size = holder.permissions.inline.reduce(0) { $0 + PolicyKind.length(of: $1.value.string ?? "") }
                if size > Holder.inlineSize {
                    throw call.error(
                        "LimitExceeded",
                        "Maximum policy size of \(Holder.inlineSize) bytes exceeded for \(Holder.resource) "
                            + holder.entity.name)
                }
                return [:]
            }
        }
    }

    private static func show<Holder: PolicyHolder>(_ kind: Holder.Type) -> Handler {
        on { (account, call) throws(WireError) in
            let holder = try account.find(kind, call)
            let (name, document) = try inline(of: holder, call)
            return [
                Holder.member: .string(holder.entity.name), "PolicyName": .string(name),
                "PolicyDocument": IAMPolicyText.shown(document),
            ]
        }
    }

    private static func delete<Holder: PolicyHolder>(_ kind: Holder.Type) -> Handler {
        on { (account, call) throws(WireError) in
            let holder = try account.find(kind, call)
            try account.refuseProtected(holder, call)
            let name = try inline(of: holder, call).name
            return try account.change(kind, call) { (holder) throws(WireError) in
                holder.permissions.inline[name] = nil
                return [:]
            }
        }
    }

    private static func list<Holder: PolicyHolder>(_ kind: Holder.Type) -> Handler {
        on { (account, call) throws(WireError) in
            let names = try account.find(kind, call).permissions.inline.names
            return try call.page(names.map { (name: $0, value: .string($0)) }, as: "PolicyNames")
        }
    }

    /// The policy of its own that a call names.
    private static func inline<Holder: PolicyHolder>(
        of holder: Holder, _ call: FakeCall
    ) throws(WireError) -> (name: String, document: String) {
        let name = call.members.text("PolicyName")
        guard let document = holder.permissions.inline[name]?.string else {
            throw call.error("NoSuchEntity", "The \(Holder.resource) policy with name \(name) cannot be found.")
        }
        return (name, document)
    }
}

extension IAMAccount {
    /// Refuses to touch a service's own role; users and groups are nobody else's.
    func refuseProtected<Holder: PolicyHolder>(_ holder: Holder, _ call: FakeCall) throws(WireError) {
        if let role = holder as? IAMRole { try refuseProtected(role, call) }
    }
}
