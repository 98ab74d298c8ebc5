// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel
import AwryXML

extension RESTXMLProtocol {
    /// An error: `<Error>` as the root for S3, in an `<ErrorResponse>` for the others; nothing but headers for HEAD.
    static func encodeError(
        _ error: WireError, dialect: Dialect, service: Service?, _ context: AnswerContext
    ) -> Rendered {
        var answer = Rendered(status: error.status, headers: ids(service, context))
        var writer = RestWriter(service ?? Self.placeholder, isHead: context.isHead)
        let modelled = service?.error(error.shape) ?? service?.error(error.code)
        var members: [(name: String, value: Value)] = []
        for (name, value) in error.fields where !["code", "message"].contains(name.lowercased()) {
            if let member = modelled?.member(name), (try? writer.write(value, member)) == true { continue }
            members.append((modelled?.member(name)?.locationName ?? name, value))
        }
        answer.headers += writer.headers
        answer.headers += error.headers
        if isS3(service), [301, 302, 307].contains(error.status) { addRegion(error, to: &answer.headers) }
        guard error.status != 304 else { return answer }
        answer.headers.append(Header("Content-Type", isS3(service) ? "application/xml" : "text/xml"))
        guard !context.isHead else { return answer }
        answer.body = isS3(service) ? plain(error, members, context) : wrapped(error, members, service, context)
        return answer
    }

    /// Without this header botocore asks HEAD for the region, is redirected, and asks again without end.
    private static func addRegion(_ error: WireError, to headers: inout [Header]) {
        guard !headers.contains(where: { $0.name.lowercased() == "x-amz-bucket-region" }) else { return }
        let named = error.fields["Region"]?.string
        // `bucket.s3.eu-west-1.amazonaws.com`, `s3-eu-west-1.amazonaws.com`
        let labels = error.fields["Endpoint"]?.string?.split(separator: ".").map(String.init) ?? []
        let candidates = labels.flatMap { [$0, $0.hasPrefix("s3-") ? String($0.dropFirst(3)) : $0] }
        let region = named ?? candidates.first(where: HostName.isRegion) ?? "us-east-1"
        headers.append(Header("x-amz-bucket-region", region))
    }

    /// Code, Message, the members, RequestId, HostId: the order recorded from S3.
    private static func plain(
        _ error: WireError, _ members: [(name: String, value: Value)], _ context: AnswerContext
    ) -> [UInt8] {
        var document = XMLWriter()
        document.start("Error")
        document.element("Code", error.code)
        document.element("Message", error.message ?? "")
        for (name, value) in members { write(value, named: name, into: &document) }
        document.element("RequestId", context.requestID)
        document.element("HostId", context.hostID)
        return document.finish()
    }

    private static func wrapped(
        _ error: WireError, _ members: [(name: String, value: Value)], _ service: Service?, _ context: AnswerContext
    ) -> [UInt8] {
        var document = XMLWriter()
        if error.code == "UnknownOperationException", error.message == nil {
            document.start("UnknownOperationException")
            return document.finish()
        }
        document.start("ErrorResponse", namespace: namespace(service))
        document.start("Error")
        document.element("Type", error.fault.wireType)
        document.element("Code", error.code)
        document.element("Message", error.message ?? "")
        for (name, value) in members { write(value, named: name, into: &document) }
        document.end()
        document.element("RequestId", context.requestID)
        if service?.name == "s3control" { document.element("HostId", context.hostID) }
        return document.finish()
    }

    /// Whatever a member holds is written somehow: an error is answered in any case.
    private static func write(_ value: Value, named name: String, into document: inout XMLWriter) {
        switch value {
        case .null: return
        case .list(let elements):
            document.start(name)
            for element in elements { write(element, named: "member", into: &document) }
            document.end()
        case .structure(let fields):
            document.start(name)
            for (name, value) in fields { write(value, named: name, into: &document) }
            document.end()
        default:
            document.element(name, Scalars.text(of: value))
        }
    }

    /// For errors of requests that named no service: nothing of it is looked up.
    private static let placeholder = Service(
        name: "",
        metadata: ServiceMetadata(
            serviceID: "", apiVersion: "", protocols: [.restXML], signingName: "", endpointPrefix: ""),
        operations: [], shapes: [])
}
