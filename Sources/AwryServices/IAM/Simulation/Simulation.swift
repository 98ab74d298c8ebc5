// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel
import AwryPolicy

extension IAM {
    static var simulateCustomPolicy: Handler? {
        on { (account, call) throws(WireError) in
            var simulation = try Simulation(call)
            simulation.identity = try SimulatedPolicies.given(call, "PolicyInputList")
            return try simulation.answer()
        }
    }

    static var simulatePrincipalPolicy: Handler? {
        { (state, call) throws(WireError) in
            let account = call.place.account
            let source = try state[account].simulated(call)
            var simulation = try Simulation(call)
            simulation.levels = state.organization.flatMap { $0.simulated(for: account) }
            simulation.identity = source.policies + (try SimulatedPolicies.given(call, "PolicyInputList"))
            if simulation.boundary.isEmpty { simulation.boundary = source.boundary }
            if simulation.caller == nil { simulation.caller = source.caller }
            return .output(try simulation.answer())
        }
    }

    static var getContextKeysForCustomPolicy: Handler? {
        on { (_, call) throws(WireError) in
            SimulatedPolicies.keys(try SimulatedPolicies.given(call, "PolicyInputList"))
        }
    }

    static var getContextKeysForPrincipalPolicy: Handler? {
        on { (account, call) throws(WireError) in
            let source = try account.simulated(call)
            return SimulatedPolicies.keys(
                source.policies + source.boundary + (try SimulatedPolicies.given(call, "PolicyInputList")))
        }
    }
}

/// One run of the simulator: each action on each resource, by the engine that judges calls ("Testing IAM policies with
/// the IAM policy simulator", IAM User Guide).
struct Simulation {
    let call: FakeCall
    var identity: [PolicySet.Named] = []
    var boundary: [PolicySet.Named]
    var caller: PolicyPrincipal?
    /// The organisation's policies, level by level; nil where the account is in none.
    var levels: [PolicySet]?
    private let resourcePolicy: PolicySet.Named?
    private let keys: GivenKeys

    init(_ call: FakeCall) throws(WireError) {
        self.call = call
        let members = call.members
        for action in members.texts("ActionNames") where !Self.isAction(action) {
            throw call.error("InvalidInput", "Invalid Action Name: \(action)")
        }
        for arn in members.texts("ResourceArns") where arn != "*" && !arn.hasPrefix("arn:") {
            throw call.error("InvalidInput", "Invalid Resource Arn: \(arn)")
        }
        boundary = try SimulatedPolicies.given(call, "PermissionsBoundaryPolicyInputList")
        resourcePolicy = try members.optionalText("ResourcePolicy").map { (text) throws(WireError) in
            PolicySet.Named("ResourcePolicy", try SimulatedPolicies.read(text, call))
        }
        if let arn = members.optionalText("CallerArn") {
            guard arn.contains(":user/") else {
                throw call.error("InvalidInput", "Invalid CallerArn: \(arn). It must be the ARN of an IAM user.")
            }
            caller = .user(arn)
        } else if resourcePolicy != nil, call.operation.name == "SimulateCustomPolicy" {
            throw call.error("InvalidInput", "CallerArn is required when ResourcePolicy is specified.")
        }
        var keys = GivenKeys()
        for entry in members.structures("ContextEntries") {
            keys[entry.text("ContextKeyName")] = entry.texts("ContextKeyValues")
        }
        self.keys = keys
    }

    /// Whether it names one operation of one service: wildcards name none.
    private static func isAction(_ text: String) -> Bool {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy { !$0.isEmpty } && !text.contains("*") && !text.contains("?")
    }

    func answer() throws(WireError) -> Fields {
        let resources = call.members.texts("ResourceArns")
        var results: [(name: String, value: Value)] = []
        for action in call.members.texts("ActionNames") {
            for resource in resources.isEmpty ? ["*"] : resources {
                results.append(("\(action) \(resource)", .structure(result(action, resource))))
            }
        }
        return try call.page(ordered: results, as: "EvaluationResults")
    }

    private var layers: PolicyLayers {
        PolicyLayers(
            identity: PolicySet(identity), boundary: boundary.isEmpty ? nil : PolicySet(boundary),
            resource: resourcePolicy.map { PolicySet([$0]) }, serviceControl: levels ?? [])
    }

    private func result(_ action: String, _ resource: String) -> Fields {
        let principal = caller ?? .user("arn:aws:iam::\(call.place.account):user/simulated")
        var keys = keys
        if let arn = caller?.arn {
            if keys["aws:username"] == nil, let name = arn.split(separator: "/").last {
                keys["aws:username"] = [String(name)]
            }
            if keys["aws:PrincipalArn"] == nil { keys["aws:PrincipalArn"] = [arn] }
        }
        let owner = call.members.optionalText("ResourceOwner").flatMap { PolicyPrincipal.account(of: $0) ?? $0 }
        let request = PolicyRequest(
            action: action, resource: resource, principal: principal,
            resourceAccount: resourcePolicy == nil ? nil : owner ?? PolicyPrincipal.account(of: resource),
            keys: keys)
        let trace = layers.trace(request)
        let matched = Value.list(matched(trace))
        let missing = Value.list(trace.missingKeys.map { .string($0) })
        // Of resources that the call names it is told beside each.
        let isNamed = resource != "*" && !call.members.texts("ResourceArns").isEmpty
        let decision = Value.string(trace.decision.outcome.rawValue)
        var fields: Fields = [
            "EvalActionName": .string(action), "EvalResourceName": .string(resource), "EvalDecision": decision,
            "MatchedStatements": matched, "MissingContextValues": isNamed ? [] : missing,
        ]
        if let levels {
            let isAllowed = PolicyLayers(serviceControl: levels).allowsByOrganization(request)
            fields["OrganizationsDecisionDetail"] = ["AllowedByOrganizations": .bool(isAllowed)]
        }
        var specific: Fields = [
            "EvalResourceName": .string(resource), "EvalResourceDecision": decision, "MatchedStatements": matched,
            "MissingContextValues": missing,
        ]
        if !boundary.isEmpty {
            let allowed = PolicyLayers(identity: PolicySet(boundary)).judge(request).isAllowed
            let detail: Value = ["AllowedByPermissionsBoundary": .bool(allowed)]
            fields["PermissionsBoundaryDecisionDetail"] = detail
            specific["PermissionsBoundaryDecisionDetail"] = detail
        }
        if resourcePolicy != nil {
            let own = PolicyLayers(identity: PolicySet(identity)).judge(request).outcome
            fields["EvalDecisionDetails"] = ["IAM Policy": .string(own.rawValue)]
        }
        if isNamed {
            fields["ResourceSpecificResults"] = .list([.structure(specific)])
        }
        return fields
    }

    /// The statements that speak of the request, in the order in which their policies were given.
    private func matched(_ trace: PolicyTrace) -> [Value] {
        // Where something denies, what allows is of no account.
        guard trace.decision.layer != .serviceControl else { return [] }
        let effect: Statement.Effect = trace.decision.outcome == .explicitDeny ? .deny : .allow
        return trace.steps.filter { $0.failed == nil && $0.effect == effect && $0.isOfPolicies }.map {
            step in
            let isResource = step.source.layer == .resource
            let named = isResource ? resourcePolicy : identity.first { $0.name == step.source.policy }
            var fields: Fields = [
                "SourcePolicyId": .string(step.source.policy),
                "SourcePolicyType": isResource ? "Resource Policy" : "IAM Policy",
            ]
            if let place = named?.policy.place(ofStatement: step.source.statement) {
                fields["StartPosition"] = place.start.value
                fields["EndPosition"] = place.end.value
            }
            return .structure(fields)
        }
    }
}

extension TextPlace {
    fileprivate var value: Value { ["Line": .integer(Int64(line)), "Column": .integer(Int64(column))] }
}

extension PolicyTrace.Step {
    /// Whether the simulator names it: of a boundary and of an organisation it tells only what came of them.
    fileprivate var isOfPolicies: Bool { source.layer == .identity || source.layer == .resource }
}
