// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryPolicy

extension ScenarioDecoder {
    /// `organization:`
    func organization(_ node: Node) -> OrganizationPolicies? {
        guard let section = open(node, Keys.organization) else { return nil }
        var organization = OrganizationPolicies()
        organization.id = section["id"].flatMap { entry in
            let id = word(entry.value, "an organisation's id, such as o-a1b2c3d4e5")
            guard let id, id.hasPrefix("o-"), (10...32).contains(id.utf8.count - 2),
                id.utf8.dropFirst(2).allSatisfy({ $0.isDigit || (0x61...0x7A).contains($0) })
            else { return refuse(entry.value, "`o-` and 10 to 32 small letters and digits") }
            return id
        }
        organization.managementAccount = section["managementAccount"].flatMap { account($0.value) }
        if let entry = section["accounts"] {
            organization.accounts = (list(entry.value, "a list of accounts") ?? []).compactMap { account($0) }
        }
        let decoder = OrganizationDecoder(decoder: self)
        if let entry = section["serviceControlPolicies"] {
            organization.serviceControl = (list(entry.value, "a list of levels") ?? []).map { decoder.level($0) }
        }
        if let entry = section["resourceControlPolicies"] {
            organization.resourceControl = (list(entry.value, "a list of policies") ?? []).compactMap {
                decoder.resourceControl($0)
            }
        }
        return organization
    }
}

/// Reads an organisation's policies ("Service control policies", "Resource control policies" of the AWS Organizations
/// User Guide).
struct OrganizationDecoder {
    /// The name of AWS's own policy, which allows everything.
    static let fullAccess = "FullAWSAccess"

    let decoder: ScenarioDecoder

    /// The policies of one level. One that allows nothing by itself keeps AWS's own beside it, as a level has it that
    /// nobody took it from.
    func level(_ node: Node) -> [String] {
        var (texts, allows) = ([String](), false)
        for element in node.elements ?? [node] where !decoder.report.isFull {
            if element.scalar != nil {
                guard decoder.choice(element, [Self.fullAccess], called: "a policy's name") != nil else { continue }
                texts.append(OrganizationPolicies.fullAccess)
                allows = true
            } else if let (text, policy) = policy(element, as: .organisation) {
                texts.append(text)
                allows = allows || policy.statements.contains { $0.effect == .allow }
            }
        }
        if !allows { texts.append(OrganizationPolicies.fullAccess) }
        return texts
    }

    /// A policy that says what nobody may do with the accounts' resources.
    func resourceControl(_ node: Node) -> String? {
        guard let (text, policy) = policy(node, as: .resource) else { return nil }
        for (index, statement) in policy.statements.enumerated() where statement.effect == .allow {
            let place = self.node(at: [.member("Statement"), .element(index), .member("Effect")], in: node)
            decoder.report.mistake(place.location, "a resource control policy only denies; AWS's own allows the rest")
        }
        return text
    }

    private func policy(_ node: Node, as kind: PolicyKind) -> (String, Policy)? {
        guard let node = decoder.contents(of: node) else { return nil }
        guard node.entries != nil else { return decoder.refuse(node, "a policy document (a mapping)") }
        let text = JSON.text(node.plainValue)
        let mistakes = Policy.mistakes(in: text, as: kind)
        for mistake in mistakes {
            decoder.report.mistake(self.node(at: mistake.path, in: node).location, "in this policy: \(mistake.detail)")
        }
        guard mistakes.isEmpty, let policy = try? Policy(text, as: kind) else { return nil }
        return (text, policy)
    }

    /// The node to which a path leads, or the last one on the way that is there.
    private func node(at path: [PolicyStep], in node: Node) -> Node {
        var found = node
        for step in path {
            switch step {
            case .member(let name):
                guard let next = found.value(name) else { return found }
                found = next
            case .element(let index):
                guard let elements = found.elements else { continue }
                guard elements.indices.contains(index) else { return found }
                found = elements[index]
            }
        }
        return found
    }
}
