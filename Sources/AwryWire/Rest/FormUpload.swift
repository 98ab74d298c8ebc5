// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import AwryModel
import AwryXML

/// A browser's upload ("POST Object", Amazon S3 API Reference): PutObject whose input stands in a form's fields.
public struct FormUpload: Sendable {
    /// The form.
    public let form: MultipartForm

    /// Reads the body of a request with this head.
    public init(_ body: Blob, _ head: RequestHead) throws(WireError) {
        form = try MultipartForm(body, head)
    }

    /// The key, with the file's name where it is asked for.
    public var key: String {
        (form.value("key") ?? "").split(separator: "${filename}", omittingEmptySubsequences: false)
            .joined(separator: form.fileName)
    }

    /// PutObject's input: the bucket from the request, all else from the form.
    func input(for call: IdentifiedCall) throws(WireError) -> Fields {
        guard let shape = call.operation.input.map({ call.service[$0] }) else { return [:] }
        guard form.value("key") != nil else {
            throw Self.lacking(
                "Bucket POST must contain a field named 'key'.  If it is specified, please check the "
                    + "order of the fields.", "key", "")
        }
        guard let file = form.file else {
            throw Self.lacking("POST requires exactly one file upload per request.", "file", "0")
        }
        var input = Fields()
        for (name, value) in call.labels { input[name] = .string(value) }
        input["Key"] = .string(key)
        input["Body"] = .blob(file)
        var metadata = Fields()
        for field in form.fields {
            let name = field.name.lowercased()
            if name.hasPrefix("x-amz-meta-") {
                metadata[String(name.dropFirst(11))] = .string(field.value)
                continue
            }
            let wanted = name == "acl" ? "x-amz-acl" : name
            let member = shape.members.first { $0.location == .header && $0.wireName.lowercased() == wanted }
            guard let member, wanted != "content-length" else { continue }
            guard let value = RestScalars.value(field.value, call.service[member.shape], format: .rfc822) else {
                throw Self.lacking("Invalid value for \(field.name)", field.name, field.value)
            }
            input[member.name] = value
        }
        if !metadata.isEmpty { input["Metadata"] = .structure(metadata) }
        if let tags = try tagging() { input["Tagging"] = .string(tags) }
        return input
    }

    /// Tags stand in a form as the document that PutObjectTagging takes, and in a header as a query.
    private func tagging() throws(WireError) -> String? {
        guard let text = form.value("tagging"), !text.isEmpty else { return nil }
        guard let root = try? XMLDocument(Array(text.utf8)[...]).root, let set = root.first("TagSet") else {
            throw WireError(
                "MalformedXML", status: 400,
                message: "The XML you provided was not well-formed or did not validate against our published schema")
        }
        return set.children.map { tag in
            let (key, value) = (tag.first("Key")?.text ?? "", tag.first("Value")?.text ?? "")
            return "\(PercentCoding.encode(key))=\(PercentCoding.encode(value))"
        }.joined(separator: "&")
    }

    private static func lacking(_ message: String, _ name: String, _ value: String) -> WireError {
        WireError(
            "InvalidArgument", status: 400, message: message,
            fields: ["ArgumentName": .string(name), "ArgumentValue": .string(value)])
    }

    /// The answer to an upload that was carried out: what the form asks for, 204 without a wish.
    public func answer(_ output: Rendered, bucket: String, url: String) -> Rendered {
        var answer = output
        answer.body = []
        let etag = output.headers.first { $0.name.lowercased() == "etag" }?.value ?? ""
        answer.headers.removeAll { $0.name.lowercased() == "content-type" }
        if let target = form.value("success_action_redirect") ?? form.value("redirect"), target.contains("://") {
            let items = [("bucket", bucket), ("key", key), ("etag", etag)].map { "\($0)=\(PercentCoding.encode($1))" }
            answer.status = 303
            answer.headers.append(
                Header("Location", target + (target.contains("?") ? "&" : "?") + items.joined(separator: "&")))
            return answer
        }
        let location = "\(url)/\(PercentCoding.encode(key))"
        answer.headers.append(Header("Location", location))
        switch form.value("success_action_status") {
        case "200": answer.status = 200
        case "201":
            answer.status = 201
            answer.headers.append(Header("Content-Type", "application/xml"))
            var document = XMLWriter()
            document.start("PostResponse")
            for (name, value) in [("Location", location), ("Bucket", bucket), ("Key", key), ("ETag", etag)] {
                document.element(name, value)
            }
            answer.body = document.finish()
        default: answer.status = 204
        }
        return answer
    }
}
