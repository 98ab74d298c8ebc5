// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel
import AwryXML

extension EC2Protocol {
    /// An output as `<XResponse><requestId/>…`; an operation without one says `<return>true</return>`.
    static func encodeOutput(
        _ output: Fields, of call: IdentifiedCall, _ context: AnswerContext
    ) throws(WireError) -> Rendered {
        var document = XMLWriter(declaration: true, quotes: false)
        document.start(call.operation.name + "Response", namespace: namespace(call.service))
        document.element("requestId", context.requestID)
        if let id = call.operation.output {
            do {
                try QueryWriter(service: call.service).structure(output, call.service[id], into: &document)
            } catch {
                throw error.wireError
            }
        } else {
            document.element("return", "true")
        }
        return Rendered(
            status: call.operation.traits.responseCode, headers: headers(context), body: document.finish())
    }
}
