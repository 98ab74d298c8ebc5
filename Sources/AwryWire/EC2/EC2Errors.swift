// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel
import AwryXML

extension EC2Protocol {
    /// An error as `<Response><Errors><Error>`, its id in `RequestID`. EC2 models no errors; members that a scenario
    /// adds follow the message.
    static func encodeError(
        _ error: WireError, dialect: Dialect, service: Service?, _ context: AnswerContext
    ) -> Rendered {
        var document = XMLWriter(declaration: true, quotes: false)
        document.start("Response")
        document.start("Errors")
        document.start("Error")
        document.element("Code", error.code)
        document.element("Message", error.message ?? "")
        for (name, value) in error.fields where !["code", "message"].contains(name.lowercased()) {
            if case .null = value { continue }
            document.element(name, Scalars.text(of: value))
        }
        document.end()
        document.end()
        document.element("RequestID", context.requestID)
        return Rendered(status: error.status, headers: headers(context) + error.headers, body: document.finish())
    }
}
