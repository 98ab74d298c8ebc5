// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel
import AwryPolicy

/// The policies that a simulation asks.
enum SimulatedPolicies {
    /// Those that a call brings: `PolicyInputList.1`, and so on.
    static func given(_ call: FakeCall, _ member: String) throws(WireError) -> [PolicySet.Named] {
        guard let shape = call.operation.input.map({ call.service[$0] }), shape.member(member) != nil else { return [] }
        var policies: [PolicySet.Named] = []
        for (index, text) in call.members.texts(member).enumerated() {
            policies.append(PolicySet.Named("\(member).\(index + 1)", try read(text, call)))
        }
        return policies
    }

    /// A document; refused in the words that `MalformedPolicyDocument` has for it.
    static func read(_ text: String, _ call: FakeCall) throws(WireError) -> Policy {
        do throws(PolicyMistake) {
            return try Policy(text, as: .any)
        } catch {
            throw call.error("InvalidInput", error.message)
        }
    }

    /// What GetContextKeysFor… answers: each key that the policies ask for, once.
    static func keys(_ policies: [PolicySet.Named]) -> Fields {
        var names: [String] = []
        for key in policies.flatMap(\.policy.contextKeys) where !names.contains(key) { names.append(key) }
        return ["ContextKeyNames": .list(names.map { .string($0) })]
    }
}

/// Whose policies SimulatePrincipalPolicy asks.
struct SimulatedSource {
    var policies: [PolicySet.Named] = []
    var boundary: [PolicySet.Named] = []
    /// The user itself; nil for a group or a role.
    var caller: PolicyPrincipal?
}

extension IAMAccount {
    /// What `PolicySourceArn` names: a user, with its groups, a group or a role.
    func simulated(_ call: FakeCall) throws(WireError) -> SimulatedSource {
        let arn = call.members.text("PolicySourceArn")
        guard let named = ARN(arn), named.service == "iam", let name = named.name.map(String.init) else {
            throw call.error("InvalidInput", "Invalid Entity Arn: \(arn) does not clearly define entity type and name.")
        }
        var source = SimulatedSource()
        switch named.resource.prefix(while: { $0 != "/" }) {
        case "user":
            guard let user = users[IAMUser.key(name)] else {
                throw call.error("NoSuchEntity", IAMUser.missing(name))
            }
            source.caller = .user(user.arn(in: id), uniqueID: user.entity.id)
            add(user, to: &source)
            for group in groups.values.sorted(by: { $0.entity.name < $1.entity.name })
            where group.members.contains(user.entity.id) { add(group, to: &source) }
        case "group":
            guard let group = groups[IAMGroup.key(name)] else {
                throw call.error("NoSuchEntity", IAMGroup.missing(name))
            }
            add(group, to: &source)
        case "role":
            guard let role = roles[IAMRole.key(name)] else {
                throw call.error("NoSuchEntity", IAMRole.missing(name))
            }
            add(role, to: &source)
        default:
            throw call.error("InvalidInput", "Invalid Entity Arn: \(arn) does not clearly define entity type and name.")
        }
        return source
    }

    /// Adds what a holder has: the simulator calls managed policies by their names, and a holder's own by its kind and
    /// name too.
    private func add<Holder: PolicyHolder>(_ holder: Holder, to source: inout SimulatedSource) {
        let prefix = "\(Holder.resource)_\(holder.entity.name)_"
        for (name, text) in holder.permissions.inline {
            source.policies += Self.read(prefix + name, text.string)
        }
        for arn in holder.permissions.attached { source.policies += managed(arn) }
        if let arn = holder.permissions.boundary { source.boundary += managed(arn) }
    }

    private func managed(_ arn: String) -> [PolicySet.Named] {
        policy(arn).map { Self.read($0.entity.name, $0.document) } ?? []
    }

    private static func read(_ name: String, _ text: String?) -> [PolicySet.Named] {
        text.flatMap { try? Policy($0, as: .any) }.map { [PolicySet.Named(name, $0)] } ?? []
    }
}
