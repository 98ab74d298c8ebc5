// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryPolicy

/// An organisation's policies, read.
struct OrganizationControl: Sendable {
    private let managementAccount: String?
    private let serviceControl: [PolicySet]
    private let resourceControl: PolicySet?

    /// Services whose resources resource control policies speak of ("Resource control policies" of the AWS
    /// Organizations User Guide), as far as they are faked.
    private static let controlled: Set<String> = ["s3", "sts", "sqs"]

    init(_ organization: OrganizationPolicies) {
        func set(_ texts: [String], _ name: String) -> PolicySet {
            PolicySet(
                texts.enumerated().compactMap { index, text in
                    (try? Policy(text, as: .any)).map { PolicySet.Named("\(name), policy \(index + 1)", $0) }
                })
        }
        managementAccount = organization.managementAccount
        serviceControl = organization.serviceControl.enumerated().map { set($0.element, "level \($0.offset + 1)") }
        let denials = organization.resourceControl
        resourceControl = denials.isEmpty ? nil : set(denials + [OrganizationPolicies.fullAccess], "organization")
    }

    /// Puts them before the policies that a call of a caller's is judged by.
    func add(to layers: inout PolicyLayers, _ held: HeldRights, service: String, resourceAccount: String) {
        // Roles that are linked to a service are the service's.
        let isLinked = held.principal.issuer?.contains(":role/aws-service-role/") ?? false
        if held.principal.account != managementAccount, !isLinked { layers.serviceControl = serviceControl }
        if let resourceControl, resourceAccount != managementAccount, !isLinked, Self.controlled.contains(service) {
            layers.resourceControl = [resourceControl]
        }
    }
}
