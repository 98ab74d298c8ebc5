// SPDX-License-Identifier: Apache-2.0

/// What is asked for: an action on a resource, by somebody, under some circumstances.
public struct PolicyRequest: Sendable {
    /// The action, with its service: `s3:GetObject`.
    public let action: String
    /// The resource's ARN, or `*` where the action has none.
    public let resource: String
    /// Who asks.
    public let principal: PolicyPrincipal
    /// The account that owns the resource; nil where that is the caller's own.
    public let resourceAccount: String?
    /// The circumstances.
    public let keys: any ConditionKeys
    let resourceBytes: [UInt8]

    /// A request of these parts.
    public init(
        action: String, resource: String, principal: PolicyPrincipal, resourceAccount: String? = nil,
        keys: any ConditionKeys = GivenKeys()
    ) {
        self.action = action
        self.resource = resource
        self.principal = principal
        self.resourceAccount = resourceAccount
        self.keys = keys
        resourceBytes = Array(resource.utf8)
    }

    var actionBytes: [UInt8] { Array(action.utf8) }

    /// Whether the caller's account is known to own the resource.
    var isOfOwner: Bool { resourceAccount != nil && resourceAccount == principal.account }

    /// Whether caller and resource are of one account.
    var isOfOneAccount: Bool { resourceAccount == nil || resourceAccount == principal.account }
}

/// The policies that have a say in a request.
public struct PolicyLayers: Sendable {
    /// What the resource's own policy is to the decision.
    public enum ResourceRule: Sendable {
        /// In one account it grants what it grants, beside the identity's policies.
        case suffices
        /// Nothing goes without it: a role's trust policy.
        case mustAllow
    }

    /// Of the caller: its own policies, and its groups'. A root needs none.
    public var identity: PolicySet?
    /// What the caller's identity may have at most; nil where it has no boundary.
    public var boundary: PolicySet?
    /// What the session may have at most; nil where none were passed.
    public var session: PolicySet?
    /// Of the resource.
    public var resource: PolicySet?
    /// What the resource's policy is to the decision.
    public var resourceRule: ResourceRule
    /// Whether what the resource's policy grants to everyone counts for its own account alone.
    public var restrictsPublic = false
    /// Service control policies of the caller's organisation, from its root to the account: each level must allow.
    public var serviceControl: [PolicySet]
    /// Resource control policies of the resource's organisation, likewise.
    public var resourceControl: [PolicySet]

    /// These policies; what is left out has no say.
    public init(
        identity: PolicySet? = nil, boundary: PolicySet? = nil, session: PolicySet? = nil, resource: PolicySet? = nil,
        resourceRule: ResourceRule = .suffices, serviceControl: [PolicySet] = [], resourceControl: [PolicySet] = []
    ) {
        self.identity = identity
        self.boundary = boundary
        self.session = session
        self.resource = resource
        self.resourceRule = resourceRule
        self.serviceControl = serviceControl
        self.resourceControl = resourceControl
    }

    /// Each set with what it is, in the order in which they are asked (IAM User Guide, "Policy evaluation logic").
    var all: [(kind: PolicyLayer, set: PolicySet)] {
        var all: [(PolicyLayer, PolicySet)] = resourceControl.map { (.resourceControl, $0) }
        all += serviceControl.map { (.serviceControl, $0) }
        let rest: [(PolicyLayer, PolicySet?)] = [
            (resourceLayer, resource), (.identity, identity), (.boundary, boundary), (.session, session),
        ]
        return all + rest.compactMap { kind, set in set.map { (kind, $0) } }
    }
}

/// The sorts of policies that have a say.
public enum PolicyLayer: String, Sendable, CaseIterable {
    case resourceControl = "resource control policy"
    case serviceControl = "service control policy"
    case resource = "resource-based policy"
    case trust = "role trust policy"
    case identity = "identity-based policy"
    case boundary = "permissions boundary"
    case session = "session policy"
}
