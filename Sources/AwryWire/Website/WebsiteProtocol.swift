// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import AwryModel

/// What the web site of a bucket speaks: objects are read and written as S3's API does it, errors are pages of HTML.
enum WebsiteProtocol: WireProtocol {
    static func decodeInput(
        _ call: IdentifiedCall, head: RequestHead, body: ArraySlice<UInt8>
    ) throws(WireError) -> Fields {
        try RESTXMLProtocol.decodeInput(call, head: head, body: body)
    }

    static func encodeOutput(
        _ output: Fields, of call: IdentifiedCall, _ context: AnswerContext
    ) throws(WireError) -> Rendered {
        try RESTXMLProtocol.encodeOutput(output, of: call, context)
    }

    static func encodeError(
        _ error: WireError, dialect: Dialect, service: Service?, _ context: AnswerContext
    ) -> Rendered {
        var answer = RESTXMLProtocol.encodeError(error, dialect: .restXML, service: service, context)
        guard error.status != 304 else { return answer }
        answer.headers.removeAll { $0.name.lowercased() == "content-type" }
        answer.headers.append(Header("Content-Type", "text/html; charset=utf-8"))
        if !context.isHead { answer.body = page(error, context) }
        return answer
    }

    /// The page that S3 shows: the status as its title, and the error's elements as a list.
    private static func page(_ error: WireError, _ context: AnswerContext) -> [UInt8] {
        let title = "\(error.status) \(reason(error.status))"
        var items = [("Code", error.code), ("Message", error.message ?? "")]
        items += error.fields.compactMap { name, value in value.string.map { (name, $0) } }
        items += [("RequestId", context.requestID), ("HostId", context.hostID)]
        let list = items.map { "<li>\($0.0): \(escaped($0.1))</li>\n" }.joined()
        return Array(
            """
            <html>
            <head><title>\(title)</title></head>
            <body>
            <h1>\(title)</h1>
            <ul>
            \(list)</ul>
            <hr/>
            </body>
            </html>

            """.utf8)
    }

    private static func reason(_ status: Int) -> String { "\(ReasonPhrase.of(status))" }

    private static func escaped(_ text: String) -> String {
        var out = ""
        for character in text {
            switch character {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "\"": out += "&quot;"
            default: out.append(character)
            }
        }
        return out
    }
}
