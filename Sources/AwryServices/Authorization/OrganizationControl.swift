// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryPolicy

/// An organisation's policies, read.
struct OrganizationControl: Sendable {
    private let id: String?
    /// Its members; empty where every account is one.
    private let members: Set<String>
    private let managementAccount: String?
    private let serviceControl: [PolicySet]
    private let resourceControl: PolicySet?
    private let isEverybodys: Bool

    /// Services whose resources resource control policies speak of ("Resource control policies" of the AWS
    /// Organizations User Guide), as far as they are faked.
    private static let controlled: Set<String> = ["s3", "sts", "sqs", "cognito-idp", "cognito-identity"]

    init(_ organization: OrganizationPolicies) {
        func set(_ texts: [String], _ name: String) -> PolicySet {
            PolicySet(
                texts.enumerated().compactMap { index, text in
                    (try? Policy(text, as: .any)).map { PolicySet.Named("\(name), policy \(index + 1)", $0) }
                })
        }
        id = organization.id
        members = Set(organization.accounts + [organization.managementAccount].compactMap { $0 })
        isEverybodys = organization.accounts.isEmpty
        managementAccount = organization.managementAccount
        serviceControl = organization.serviceControl.enumerated().map { set($0.element, "level \($0.offset + 1)") }
        let denials = organization.resourceControl
        resourceControl = denials.isEmpty ? nil : set(denials + [OrganizationPolicies.fullAccess], "organization")
    }

    /// Whether it has policies that speak of resources.
    var restrictsResources: Bool { resourceControl != nil }

    /// The organisation's id, if the account is of it.
    func id(of account: String?) -> String? { account.flatMap { isMember($0) ? id : nil } }

    private func isMember(_ account: String) -> Bool { isEverybodys || members.contains(account) }

    /// What binds an account's callers, level by level.
    func serviceControl(of account: String) -> [PolicySet] {
        isMember(account) && account != managementAccount ? serviceControl : []
    }

    /// The same, as a simulation tells it; nil where the account is of no organisation.
    func simulated(for account: String) -> [PolicySet]? { isMember(account) ? serviceControl(of: account) : nil }

    /// Puts them before the policies that a call of a caller's is judged by.
    func add(to layers: inout PolicyLayers, _ held: HeldRights, service: String, resourceAccount: String) {
        // Roles that are linked to a service are the service's.
        let isLinked = held.principal.issuer?.contains(":role/aws-service-role/") ?? false
        if let account = held.principal.account, !isLinked { layers.serviceControl = serviceControl(of: account) }
        if let resourceControl, resourceAccount != managementAccount, isMember(resourceAccount), !isLinked,
            Self.controlled.contains(service)
        {
            layers.resourceControl = [resourceControl]
        }
    }
}
