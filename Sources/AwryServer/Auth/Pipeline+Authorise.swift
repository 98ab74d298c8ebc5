// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import AwryModel
import AwryScenario
import AwryServices
import AwryWire

/// Step 5 as far as it needs the input: what the caller may do.
extension Pipeline {
    /// Refuses a call that policies do not allow; gives the entries of a batch that they do not allow.
    func authorise(_ decided: inout DecidedCall, _ input: Fields) throws(WireError) -> FailingEntries? {
        let call = decided.call
        guard isJudged(call) else { return nil }
        let judgement = call.sandbox.world.judge(fakeCall(call, input), call.circumstances)
        decided.verdict.rights = judgement.rights
        if let error = judgement.error { throw error }
        guard let failure = judgement.failure else { return nil }
        return FailingEntries(positions: judgement.failing, error: failure)
    }

    /// Who may not list a bucket does not learn that an object is not there ("GetObject", Amazon S3 API Reference).
    func hidden(_ error: WireError, from decided: DecidedCall, _ input: Fields?) -> WireError {
        let call = decided.call
        guard error.code == "NoSuchKey", isJudged(call), let input, let bucket = input["Bucket"]?.string,
            !call.sandbox.world.mayList(bucket, for: fakeCall(call, input), call.circumstances)
        else { return error }
        return WireError("AccessDenied", status: 403, message: "Access Denied")
    }

    private func isJudged(_ call: Call) -> Bool {
        let (service, operation) = (call.identified.service, call.identified.operation)
        guard authMode(call) == .enforce, call.sandbox.world.answers(service, operation) else { return false }
        return !operation.traits.isUnsigned || call.sandbox.world.restrictsPublic
    }
}

extension Call {
    /// What conditions may ask of the request.
    var circumstances: Circumstances {
        let head = request.head
        let authType: String? =
            switch identified.credential.placement {
            case .none: nil
            case .header: "REST-HEADER"
            case .query: "REST-QUERY-STRING"
            case .form: "POST"
            }
        var made = Circumstances(
            address: request.arrival.peer, userAgent: caller.origin.userAgent, referer: head.text("referer"),
            isSecure: request.arrival.isSecure, authType: authType, contentHash: head.text("x-amz-content-sha256"))
        if identified.credential.placement == .query {
            let moment = (try? SignatureParts(head, .query))?.moment
            made.isFormerSignature = moment == nil
            made.signatureAge = moment.map { sandbox.clock.now.milliseconds - $0.milliseconds }
        }
        return made
    }
}
