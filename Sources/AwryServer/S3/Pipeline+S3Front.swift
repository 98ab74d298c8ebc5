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
    fileprivate static let largestUpload = 5 << 30

    /// Throws where a request cannot be S3's to carry out, whatever its buckets hold.
    func meetFront(_ decided: DecidedCall, _ input: Fields) throws(WireError) {
        let call = decided.call
        guard call.identified.service.name == "s3" else { return }
        try checkScope(of: call)
        if call.identified.credential.placement == .query {
            try PresignedURL(call.request.head)?.judge(at: call.sandbox.clock.now)
        }
        try checkAcceleration(of: call)
        try checkOverrides(call)
        if call.identified.isFormUpload { try judgePolicy(decided, input) }
        guard let body = decided.body.data else { return }
        guard call.identified.hasBlobBody else { return try checkDocument(body, of: decided, input) }
        if body.count > Self.largestUpload { throw Self.tooLarge(body.count) }
        let head = call.request.head
        if head.value("content-length") == nil, head.value("transfer-encoding") == nil {
            throw WireError(
                "MissingContentLength", status: 411, message: "You must provide the Content-Length HTTP header.")
        }
        try compareHash(body, head)
    }

    /// The accelerated endpoint serves those buckets alone that are set up for it ("Configuring fast, secure file
    /// transfers using Amazon S3 Transfer Acceleration").
    private func checkAcceleration(of call: Call) throws(WireError) {
        guard let bucket = call.identified.hostBucket,
            call.request.head.hostText?.dropFirst(bucket.utf8.count).hasPrefix(".s3-accelerate.") == true,
            let front = call.sandbox.world.front(ofBucket: bucket), front.acceleration != "Enabled"
        else { return }
        let state = front.acceleration == nil ? "not configured" : "disabled"
        throw WireError(
            "InvalidRequest", status: 400, message: "S3 Transfer Acceleration is \(state) on this bucket")
    }

    /// Who signs nothing gets objects as they are ("GetObject", the section on overriding response header values).
    private func checkOverrides(_ call: Call) throws(WireError) {
        guard call.isAnonymous, call.identified.dialect != .website, call.identified.operation.name == "GetObject",
            let query = call.request.head.query,
            String(decoding: query, as: UTF8.self).split(separator: "&").contains(where: {
                $0.hasPrefix("response-")
            })
        else { return }
        throw WireError(
            "InvalidRequest", status: 400,
            message: "Request specific response headers cannot be used for anonymous GET requests.")
    }

    /// What an operation says to another account than the bucket's, which has said that it will pay.
    func charged(_ output: Fields, _ call: Call, _ input: Fields) -> Fields {
        guard input["RequestPayer"] != nil, let bucket = input["Bucket"]?.string,
            let front = call.sandbox.world.front(ofBucket: bucket), front.chargesOthers, front.account != call.account,
            let shape = call.identified.operation.output,
            call.identified.service[shape].member("RequestCharged") != nil
        else { return output }
        return output.merging(["RequestCharged": "requester"])
    }

    /// So many bytes are more than one request may bring.
    static func tooLarge(_ count: Int) -> WireError {
        WireError(
            "EntityTooLarge", status: 400, message: "Your proposed upload exceeds the maximum allowed size",
            fields: ["ProposedSize": .string("\(count)"), "MaxSizeAllowed": .string("\(largestUpload)")])
    }

    /// Operations whose document may be left out, and whose headers tell of the empty one then.
    private static let bodiless: Set<String> = ["PutBucketAcl", "PutObjectAcl"]

    /// An XML document has to be what its headers say.
    private func checkDocument(_ body: Blob, of decided: DecidedCall, _ input: Fields) throws(WireError) {
        if decided.call.identified.isFormUpload { return }
        if body.isEmpty, !Self.bodiless.contains(decided.call.identified.operation.name) { return }
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

extension Call {
    /// How long the object is that a head announces, where that is more than one request may bring.
    var excessiveLength: Int? {
        let head = request.head
        // PUT is all that brings objects but for forms, whose file's length no head tells. A longer body than this has
        // ten digits.
        guard head.bytes[head.methodRange].first == UInt8(ascii: "P"), identified.service.name == "s3",
            head.value("content-length")?.count ?? 10 > 9, identified.hasBlobBody, !identified.isFormUpload
        else { return nil }
        let length = head.text("x-amz-decoded-content-length") ?? head.text("content-length")
        return length.flatMap { Int($0) }.flatMap { $0 > Pipeline.largestUpload ? $0 : nil }
    }
}
