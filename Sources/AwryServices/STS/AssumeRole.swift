// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryPolicy

extension IAM {
    static var assumeRole: Handler? { assume(_:_:) }

    private static func assume(_ state: inout IAM, _ call: FakeCall) throws(WireError) -> Outcome {
        let caller = state.session(call.principal.accessKeyID)
        let arn = try RoleARN(call)
        // Sessions of GetFederationToken may ask STS for nothing but who they are.
        guard call.principal.kind != .federatedUser else { throw call.denied("sts:AssumeRole", on: arn.text) }
        let device = try state.checkDevice(call)
        var request = SessionRequest(arn, name: call.members.text("RoleSessionName"))
        request.isChained = call.principal.kind == .assumedRole
        request.tags = try call.tags(beside: [:], limit: "TagsPerSession")
        request.transitive = call.members.texts("TransitiveTagKeys")
        guard request.transitive.allSatisfy({ request.tags[$0] != nil }) else {
            throw call.error(
                "InvalidParameterValue", "The specified transitive tag key must be included in the requested tags.")
        }
        request.sourceIdentity = caller?.sourceIdentity ?? call.members.optionalText("SourceIdentity")
        try request.inherit(caller, call)
        var keys = state.conditionKeys(of: call)
        keys["sts:ExternalId"] = call.members.optionalText("ExternalId").map { [$0] }
        if device {
            keys["aws:MultiFactorAuthPresent"] = ["true"]
            keys["aws:MultiFactorAuthAge"] = ["0"]
        }
        request.add(to: &keys)
        let contexts = try ProvidedContexts(call)
        var actions = ["sts:AssumeRole"]
        if !request.tags.isEmpty { actions.append("sts:TagSession") }
        if call.members.optionalText("SourceIdentity") != nil { actions.append("sts:SetSourceIdentity") }
        if !contexts.isEmpty {
            actions.append(ProvidedContexts.action)
            keys["sts:RequestContextProviders"] = contexts.providers
        }
        let role = try state.trusted(request.role, by: state.policyPrincipal(call), actions, keys, call)
        var output = try state.open(request, of: role, call)
        if let identity = request.sourceIdentity { output["SourceIdentity"] = .string(identity) }
        return .output(output)
    }

    /// Whether the call brings a right password of a device of the caller's; it must where it names one.
    mutating func checkDevice(_ call: FakeCall) throws(WireError) -> Bool {
        guard let serial = call.members.optionalText("SerialNumber") else { return false }
        let account = call.place.account
        guard var device = self[account].mfaDevices[serial], device.owner == call.principal.userID,
            device.accepts(call.members.text("TokenCode"), at: call.now)
        else {
            throw call.error(
                "AccessDenied", "MultiFactorAuthentication failed with invalid MFA one time pass code. ")
        }
        self[account].mfaDevices[serial] = device
        return true
    }

    /// The trust policy that a role goes by now; nil where it has none yet.
    func trust(of role: IAMRole, _ arn: String, at now: Timestamp) -> String? {
        effect(of: arn, at: role.trustChanged.at) > now ? role.trustChanged.before : role.trust
    }

    /// The role, if it trusts whoever asks.
    func trusted(
        _ arn: RoleARN, by principal: PolicyPrincipal, _ actions: [String], _ keys: GivenKeys, _ call: FakeCall
    ) throws(WireError) -> IAMRole {
        let role = accounts[arn.account]?.roles[IAMRole.key(arn.name)].flatMap {
            $0.arn(in: arn.account) == arn.text ? $0 : nil
        }
        let text = role.flatMap { trust(of: $0, arn.text, at: call.now) }
        guard let role, let text, let trust = try? Policy(text, as: .trust) else {
            throw call.denied(actions[0], on: arn.text)
        }
        // Whether the caller may ask is decided before, where calls are judged; here it is the role's own word.
        let layers = PolicyLayers(
            identity: Self.everything, resource: PolicySet("trust", trust), resourceRule: .mustAllow)
        for action in actions {
            let request = PolicyRequest(
                action: action, resource: arn.text, principal: principal, resourceAccount: arn.account, keys: keys)
            let decision = layers.judge(request)
            guard decision.isAllowed else { throw call.denied(action, on: arn.text, decision.reason(for: action)) }
        }
        return role
    }

    private static let everything: PolicySet? = {
        let text = #"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}"#
        return (try? Policy(text, as: .identity)).map { PolicySet("everything", $0) }
    }()
}

/// The ARN of a role, taken apart.
struct RoleARN: Sendable {
    let text: String
    let account: String
    let name: String

    /// The one that a call's `RoleArn` gives.
    init(_ call: FakeCall) throws(WireError) {
        text = call.members.text("RoleArn")
        guard let arn = ARN(text), arn.service == "iam", AccountID.isValid(arn.account),
            arn.resource.hasPrefix("role/"), let last = arn.name
        else { throw call.error("ValidationError", "\(text) is invalid") }
        account = String(arn.account)
        name = String(last)
    }
}

extension FakeCall {
    /// The error for who may not do something.
    func denied(_ action: String, on resource: String, _ reason: String? = nil) -> WireError {
        let who = principal.arn
        let why = reason.map { " \($0)" } ?? ""
        return error(
            "AccessDenied", "User: \(who) is not authorized to perform: \(action) on resource: \(resource)\(why)")
    }
}
