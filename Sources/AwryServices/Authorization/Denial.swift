// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel
import AwryPolicy

/// How a service says that a call is not allowed.
struct Denial {
    let call: FakeCall
    let right: NeededRight
    let decision: Decision
    let request: PolicyRequest

    var error: WireError {
        var error = call.error("AccessDenied", message)
        if call.service.name == "s3" {
            error = WireError("AccessDenied", status: 403, message: message)
        } else if call.service.metadata.isQueryCompatible {
            // From the common front end, with the query protocol's code beside the shape.
            error.code = "AccessDenied"
            error.namespace = "com.amazon.coral.service"
            error.status = 403
        }
        return error
    }

    private var message: String {
        // Who has no credentials is told no more than this, by each service in its own way.
        if call.service.name == "sts", call.operation.traits.isUnsigned {
            return "Not authorized to perform \(right.action)"
        }
        if call.service.name == "sqs", request.principal.kind == .anonymous {
            let url = call.input["QueueUrl"]?.string ?? "https://sqs.\(call.place.region).amazonaws.com/"
            return "Access to the resource \(url) is denied."
        }
        guard call.service.name == "s3" else {
            let shown = ShownResource(call: call, right: right)
            return decision.denial(of: request.principal, action: shown.action, on: shown.resource)
        }
        // S3 tells more only to those of the account that owns the bucket.
        guard request.principal.kind != .anonymous,
            request.resourceAccount ?? request.principal.account == request.principal.account,
            let arn = request.principal.arn, let reason = decision.reason(for: right.action)
        else { return "Access Denied" }
        let resource = request.resource == "*" ? "" : " on resource: \"\(request.resource)\""
        return "User: \(arn) is not authorized to perform: \(right.action)\(resource) \(reason)"
    }
}

/// A right that a call needed, and what came of it: kept as it is, and written out when somebody asks.
public struct JudgedRight: Sendable {
    private let action: String
    private let resource: String
    private let principal: String?
    private let decision: Decision
    private let trace: PolicyTrace?

    init(_ request: PolicyRequest, _ decision: Decision, _ trace: PolicyTrace? = nil) {
        action = request.action
        resource = request.resource
        principal = request.principal.arn
        self.decision = decision
        self.trace = trace
    }

    /// As `explain` shows it: by what it was allowed, or every statement that was asked and what of it did not match.
    public var value: Value {
        var fields: Fields = [
            "action": .string(action), "resource": .string(resource),
            "principal": principal.map { .string($0) } ?? .null, "decision": .string(decision.outcome.rawValue),
        ]
        fields["because"] = decision.reason(for: action).map { .string($0) } ?? .null
        fields["by"] =
            decision.source.map { .structure($0.fields) } ?? decision.layer.map { .string($0.rawValue) } ?? .null
        guard let trace else { return .structure(fields) }
        fields["missingKeys"] = .list(trace.missingKeys.map { .string($0) })
        fields["statements"] = .list(
            trace.steps.map { step in
                var one = step.source.fields
                one["effect"] = .string(step.effect.rawValue)
                one["failed"] = step.failed.map { .string($0) } ?? .null
                return .structure(one)
            })
        return .structure(fields)
    }
}

extension Decision.Source {
    /// As `explain` shows where a statement stands.
    fileprivate var fields: Fields {
        [
            "kind": .string(layer.rawValue), "policy": .string(policy), "statement": .integer(Int64(statement)),
            "sid": sid.map { .string($0) } ?? .null,
        ]
    }
}
