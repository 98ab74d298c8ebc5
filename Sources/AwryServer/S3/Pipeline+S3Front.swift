// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryDigest
import AwryHTTP
import AwryModel
import AwryServices
import AwryWire

/// What S3's front end refuses before an operation is asked, and what it makes of what the operation says.
extension Pipeline {
    /// The largest object that one request may bring ("Uploading objects", Amazon S3 User Guide).
    private static let largestUpload = 5 << 30

    /// Throws where a request cannot be S3's to carry out, whatever its buckets hold.
    func meetFront(_ decided: DecidedCall, _ input: Fields) throws(WireError) {
        let call = decided.call
        guard call.identified.service.name == "s3" else { return }
        try checkScope(of: call)
        if call.identified.credential.placement == .query {
            try PresignedURL(call.request.head)?.judge(at: call.sandbox.clock.now)
        }
        if call.identified.isFormUpload { try judgePolicy(decided, input) }
        guard let body = decided.body.data else { return }
        guard call.identified.hasBlobBody else { return try checkDocument(body, of: decided, input) }
        if body.count > Self.largestUpload {
            throw WireError(
                "EntityTooLarge", status: 400, message: "Your proposed upload exceeds the maximum allowed size",
                fields: [
                    "ProposedSize": .string("\(body.count)"), "MaxSizeAllowed": .string("\(Self.largestUpload)"),
                ])
        }
        let head = call.request.head
        if head.value("content-length") == nil, head.value("transfer-encoding") == nil {
            throw WireError(
                "MissingContentLength", status: 411, message: "You must provide the Content-Length HTTP header.")
        }
        try compareHash(body, head)
    }

    /// An XML document has to be what its headers say.
    private func checkDocument(_ body: Blob, of decided: DecidedCall, _ input: Fields) throws(WireError) {
        if body.isEmpty || decided.call.identified.isFormUpload { return }
        let head = decided.call.request.head
        try compareHash(body, head)
        try fakeCall(decided.call, input).checkDocument(body) { name in head.texts(name).first }
    }

    /// The hash by which a signature covers the body. Where it is a word (`UNSIGNED-PAYLOAD`), none does.
    private func compareHash(_ body: Blob, _ head: RequestHead) throws(WireError) {
        guard let told = head.text("x-amz-content-sha256"), told.utf8.count == 64, let wanted = Hex.decode(told.utf8)
        else {
            return
        }
        let computed = Checksum.of(body, .sha256)
        guard computed != wanted else { return }
        throw WireError(
            "XAmzContentSHA256Mismatch", status: 400,
            message: "The provided 'x-amz-content-sha256' header does not match what was computed.",
            fields: [
                "ClientComputedContentSHA256": .string(told), "S3ComputedContentSHA256": .string(Hex.text(computed)),
            ])
    }

    /// A form without a policy is anonymous: whether that may upload is for the bucket to say.
    private func judgePolicy(_ decided: DecidedCall, _ input: Fields) throws(WireError) {
        guard let body = decided.body.data, case .blob(let file) = input["Body"] else { return }
        let form = try MultipartForm(fieldsOf: body.prefix(MultipartForm.headBytes).bytes, decided.call.request.head)
        guard let text = form.value("policy") else { return }
        let key = input["Key"] ?? .null
        let fields = form.fields.map { field in
            let name = field.name.lowercased()
            return (name: name, value: name == "key" ? key.string ?? field.value : field.value)
        }
        try PostPolicy(base64: text).judge(
            fields, bucket: input["Bucket"]?.string ?? "", size: file.count, now: decided.call.sandbox.clock.now)
    }

    /// The answer to a form's upload.
    func answerForm(_ output: Fields, _ decided: DecidedCall) throws(WireError) -> Answered {
        let call = decided.call
        let upload = try FormUpload(decided.body.data ?? Blob([]), call.request.head)
        let rendered = try Wire.encodeOutput(output, of: call.identified, call.context)
        let bucket = call.identified.labels.first { $0.name == "Bucket" }?.value ?? ""
        let url = call.identified.hostBucket == nil ? "\(call.endpoint)/\(bucket)" : call.endpoint
        return Answered(upload.answer(rendered, bucket: bucket, url: url))
    }
}
