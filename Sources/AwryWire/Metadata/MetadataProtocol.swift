// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import AwryModel

/// What the endpoints for credentials speak: bodies as rest-json has them, but no request ids, and the instance
/// metadata service's errors are pages for people.
enum MetadataProtocol: WireProtocol {
    static func decodeInput(
        _ call: IdentifiedCall, head: RequestHead, body: ArraySlice<UInt8>
    ) throws(WireError) -> Fields {
        guard call.service.name == PoolPages.service.name, head.method == "POST" else {
            return try RESTJSONProtocol.decodeInput(call, head: head, body: body)
        }
        // A form and the query of its page are one to an operation.
        var query = head.query.map { Array($0) + [UInt8(ascii: "&")] } ?? []
        query += body
        return try RESTJSONProtocol.decodeInput(call, head: head.asGet(query: query[...]), body: [])
    }

    static func encodeOutput(
        _ output: Fields, of call: IdentifiedCall, _ context: AnswerContext
    ) throws(WireError) -> Rendered {
        var answer = try RESTJSONProtocol.encodeOutput(output, of: call, context)
        strip(&answer)
        if call.service.name == PoolPages.service.name {
            finish(&answer, of: call)
            return answer
        }
        // The instance metadata service calls everything that is no error plain text, documents too.
        guard call.service.name == CredentialServices.instanceMetadata.name else { return answer }
        answer.headers.removeAll { $0.name.lowercased() == "content-type" }
        answer.headers.append(Header("Content-Type", "text/plain"))
        return answer
    }

    static func encodeError(
        _ error: WireError, dialect: Dialect, service: Service?, _ context: AnswerContext
    ) -> Rendered {
        if service?.name == PoolPages.service.name { return authorizationError(error) }
        guard service?.name == CredentialServices.instanceMetadata.name else { return containerError(error) }
        let title = "\(error.status) - \(ReasonPhrase.of(error.status))"
        var answer = Rendered(status: error.status, headers: [Header("Content-Type", "text/html")] + error.headers)
        answer.body = Array(
            """
            <?xml version="1.0" encoding="iso-8859-1"?>
            <!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"
            \t"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
            <html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en" lang="en">
             <head>
              <title>\(title)</title>
             </head>
             <body>
              <h1>\(title)</h1>
             </body>
            </html>

            """.utf8)
        return answer
    }

    /// `{"code": …, "message": …, "HTTPErrorCode": …}`, as ECS's agent answers.
    private static func containerError(_ error: WireError) -> Rendered {
        var answer = Rendered(
            status: error.status, headers: [Header("Content-Type", "application/json")] + error.headers)
        let fields: Fields = [
            "code": .string(error.code), "message": .string(error.message ?? ""),
            "HTTPErrorCode": .integer(Int64(error.status)),
        ]
        answer.body = Array(JSON.text(.structure(fields)).utf8)
        return answer
    }

    /// Pages are HTML, and nobody keeps a copy of them or of tokens (RFC 6749, 5.1).
    private static func finish(_ answer: inout Rendered, of call: IdentifiedCall) {
        guard let output = call.operation.output.map({ call.service[$0] }) else { return }
        if output.traits.payload == "Body" {
            answer.headers.removeAll { $0.name.lowercased() == "content-type" }
            if !answer.body.isEmpty { answer.headers.append(Header("Content-Type", "text/html;charset=UTF-8")) }
        }
        if call.operation.traits.method == "POST" || output.traits.payload == "Body" {
            answer.headers.append(Header("Cache-Control", "no-cache, no-store, max-age=0, must-revalidate"))
        }
    }

    /// `{"error": …}` (RFC 6749, 5.2).
    private static func authorizationError(_ error: WireError) -> Rendered {
        var answer = Rendered(
            status: error.status, headers: [Header("Content-Type", "application/json;charset=UTF-8")] + error.headers)
        var fields: Fields = ["error": .string(error.code)]
        if let message = error.message, !message.isEmpty { fields["error_description"] = .string(message) }
        answer.body = Array(JSON.text(.structure(fields)).utf8)
        return answer
    }

    private static func strip(_ answer: inout Rendered) {
        answer.headers.removeAll { $0.name.lowercased() == "x-amzn-requestid" }
    }
}
