// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import AwryModel
import AwryServices
import AwryWire

/// Requests from pages of other origins, by the rules of their bucket ("Using cross-origin resource sharing", Amazon
/// S3 User Guide).
extension Pipeline {
    /// What a browser hears that asks first; `context` is the answer's.
    func answerPreflight(
        _ preflight: Preflight, _ refusal: UnidentifiedRequest, _ request: Incoming, in sandbox: Sandbox,
        _ context: AnswerContext
    ) -> Answered {
        func refused(_ message: String) -> Answered {
            var error = refusal.error
            error.message = message
            let rendered = Wire.encodeError(error, dialect: refusal.dialect, service: refusal.service, context)
            return Answered(rendered, error: error.code)
        }
        guard let bucket = sandbox.world.front(ofBucket: preflight.bucket) else {
            return refused("CORSResponse: Bucket not found")
        }
        guard let rules = bucket.cors else {
            return refused("CORSResponse: CORS is not enabled for this bucket.")
        }
        let head = request.head
        let asked = head.texts("access-control-request-headers").flatMap { $0.split(separator: ",") }
            .map { $0.drop { $0 == " " } }.map { String($0.prefix { $0 != " " }) }.filter { !$0.isEmpty }
        let headers = rules.headers(
            origin: head.text("origin") ?? "", method: head.text("access-control-request-method") ?? "", asked: asked)
        guard let headers else {
            return refused(
                "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, "
                    + "request method / Access-Control-Request-Method or Access-Control-Request-Headers are not "
                    + "whitelisted by the resource's CORS spec.")
        }
        let ids = [Header("x-amz-request-id", context.requestID), Header("x-amz-id-2", context.hostID)]
        return Answered(Rendered(status: 200, headers: ids + headers))
    }

    /// Lets the page of another origin see the answer, if a rule of the bucket's does.
    func open(_ answered: inout Answered, toOriginOf call: Call) {
        let head = call.request.head
        guard let origin = head.text("origin"), call.identified.service.name == "s3", !answered.isRaw,
            let name = call.identified.labels.first(where: { $0.name == "Bucket" })?.value,
            let rules = call.sandbox.world.front(ofBucket: name)?.cors
        else { return }
        for header in rules.headers(origin: origin, method: head.method, asked: []) ?? [] {
            answered.append(header.name, header.value)
        }
    }
}
