// SPDX-License-Identifier: Apache-2.0

/// What came of a request, and because of which policies.
public struct Decision: Sendable {
    /// The three things that can come of it, in the words of IAM's simulator.
    public enum Outcome: String, Sendable {
        case allowed
        case explicitDeny
        case implicitDeny
    }

    /// A statement and where it stands.
    public struct Source: Sendable {
        /// The sort of policy.
        public let layer: PolicyLayer
        /// The policy's name, or its ARN.
        public let policy: String
        /// The statement's number in it, from 0.
        public let statement: Int
        /// The statement's own name, if it has one.
        public let sid: String?
    }

    /// What came of it.
    public let outcome: Outcome
    /// The sort of policy that decided; nil where nothing was asked, as for an account's root.
    public let layer: PolicyLayer?
    /// The statement that decided; nil where none did.
    public let source: Source?

    /// Whether the request may be carried out.
    public var isAllowed: Bool { outcome == .allowed }

    /// A decision of these parts.
    public init(outcome: Outcome, layer: PolicyLayer?, source: Source?) {
        self.outcome = outcome
        self.layer = layer
        self.source = source
    }

    static func allowed(_ layer: PolicyLayer?, _ source: Source? = nil) -> Decision {
        Decision(outcome: .allowed, layer: layer, source: source)
    }

    static func missing(_ layer: PolicyLayer) -> Decision {
        Decision(outcome: .implicitDeny, layer: layer, source: nil)
    }

    /// The end of a denial's text (IAM User Guide, "Troubleshoot access denied error messages"); nil where the request
    /// is allowed.
    public func reason(for action: String) -> String? {
        guard outcome != .allowed, let layer else { return nil }
        guard outcome == .explicitDeny else { return "because no \(layer.rawValue) allows the \(action) action" }
        switch layer {
        case .identity: return "with an explicit deny in an identity-based policy"
        case .trust: return "with an explicit deny in the role trust policy"
        default: return "with an explicit deny in a \(layer.rawValue)"
        }
    }

    /// A denial's text: who may not do what to what, and why; action and resource as a service writes them, the latter
    /// nil where its texts name none.
    public func denial(of principal: PolicyPrincipal, action: String, on resource: String?) -> String {
        let who = principal.arn ?? "anonymous"
        let what = resource.map { " on resource: \($0)" } ?? ""
        let why = reason(for: action).map { " \($0)" } ?? ""
        return "User: \(who) is not authorized to perform: \(action)\(what)\(why)"
    }
}
