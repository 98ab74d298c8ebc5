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
        try RESTJSONProtocol.decodeInput(call, head: head, body: body)
    }

    static func encodeOutput(
        _ output: Fields, of call: IdentifiedCall, _ context: AnswerContext
    ) throws(WireError) -> Rendered {
        var answer = try RESTJSONProtocol.encodeOutput(output, of: call, context)
        strip(&answer)
        // The instance metadata service calls everything that is no error plain text, documents too.
        guard call.service.name == CredentialServices.instanceMetadata.name else { return answer }
        answer.headers.removeAll { $0.name.lowercased() == "content-type" }
        answer.headers.append(Header("Content-Type", "text/plain"))
        return answer
    }

    static func encodeError(
        _ error: WireError, dialect: Dialect, service: Service?, _ context: AnswerContext
    ) -> Rendered {
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

    private static func strip(_ answer: inout Rendered) {
        answer.headers.removeAll { $0.name.lowercased() == "x-amzn-requestid" }
    }
}
