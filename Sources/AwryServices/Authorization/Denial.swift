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
        guard call.service.name == "s3" else { return decision.denial(of: request) }
        // S3 tells more only to those of the account that owns the bucket.
        guard request.principal.kind != .anonymous,
            request.resourceAccount ?? request.principal.account == request.principal.account,
            let arn = request.principal.arn, let reason = decision.reason(for: right.action)
        else { return "Access Denied" }
        let resource = request.resource == "*" ? "" : " on resource: \"\(request.resource)\""
        return "User: \(arn) is not authorized to perform: \(right.action)\(resource) \(reason)"
    }
}

extension Decision {
    /// As `explain` shows a request that was allowed: by what.
    func value(of request: PolicyRequest) -> Value {
        var fields: Fields = [
            "action": .string(request.action), "resource": .string(request.resource),
            "principal": request.principal.arn.map { .string($0) } ?? .null, "decision": .string(outcome.rawValue),
        ]
        fields["because"] = reason(for: request.action).map { .string($0) } ?? .null
        fields["by"] = source.map { .structure($0.fields) } ?? layer.map { .string($0.rawValue) } ?? .null
        return .structure(fields)
    }
}

extension Decision.Source {
    /// As `explain` shows where a statement stands.
    var fields: Fields {
        [
            "kind": .string(layer.rawValue), "policy": .string(policy), "statement": .integer(Int64(statement)),
            "sid": sid.map { .string($0) } ?? .null,
        ]
    }
}

extension PolicyTrace {
    /// The same with every statement that was asked, and what of it did not match.
    func value(of request: PolicyRequest, _ decision: Decision) -> Value {
        guard case .structure(var fields) = decision.value(of: request) else { return .null }
        fields["missingKeys"] = .list(missingKeys.map { .string($0) })
        fields["statements"] = .list(
            steps.map { step in
                var one = step.source.fields
                one["effect"] = .string(step.effect.rawValue)
                one["failed"] = step.failed.map { .string($0) } ?? .null
                return .structure(one)
            })
        return .structure(fields)
    }
}
