// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel
import AwryXML

extension QueryProtocol {
    /// An error as `<ErrorResponse>`, or in JSON where that was asked for.
    static func encodeError(
        _ error: WireError, dialect: Dialect, service: Service?, _ context: AnswerContext
    ) -> Rendered {
        let body = context.wantsJSON ? json(error, context) : xml(error, service, context)
        return Rendered(status: error.status, headers: headers(context) + error.headers, body: body)
    }

    /// Type, Code and Message in AWS's order; SQS adds an empty Detail; the error's own members follow.
    private static func xml(_ error: WireError, _ service: Service?, _ context: AnswerContext) -> [UInt8] {
        let modelled = service?.error(error.shape) ?? service?.error(error.code)
        var document = document(service)
        document.start("ErrorResponse", namespace: namespace(service))
        document.start("Error")
        document.element("Type", error.fault.wireType)
        document.element("Code", error.code)
        document.element("Message", message(error, service))
        if isLegacySQS(service) {
            document.start("Detail")
            document.end()
        }
        for (name, value) in error.fields where !["type", "code", "message"].contains(name.lowercased()) {
            write(value, named: name, modelled?.member(name), service, into: &document)
        }
        document.end()
        document.element("RequestId", context.requestID)
        return document.finish()
    }

    /// `{"Error":{"Type","Code","Message"},"RequestId"}`.
    private static func json(_ error: WireError, _ context: AnswerContext) -> [UInt8] {
        var members: Fields = [
            "Type": .string(error.fault.wireType), "Code": .string(error.code),
            "Message": .string(error.message ?? ""),
        ]
        for (name, value) in error.fields { members.setDefault(name, value) }
        var out: [UInt8] = []
        JSON.write(["Error": .structure(members), "RequestId": .string(context.requestID)], into: &out)
        return out
    }

    /// SQS words one of its messages differently here than in JSON.
    private static func message(_ error: WireError, _ service: Service?) -> String {
        let message = error.message ?? ""
        guard isLegacySQS(service), error.code == "AWS.SimpleQueueService.NonExistentQueue",
            message == "The specified queue does not exist."
        else { return message }
        return "The specified queue does not exist for this wsdl version."
    }

    /// By the model where it knows the member, else as it is: an error is answered in any case.
    private static func write(
        _ value: Value, named name: String, _ member: Member?, _ service: Service?, into document: inout XMLWriter
    ) {
        switch value {
        case .null: return
        case .list(let elements):
            document.start(name)
            for element in elements { write(element, named: "member", nil, service, into: &document) }
            document.end()
        case .structure(let fields):
            document.start(name)
            for (name, value) in fields { write(value, named: name, nil, service, into: &document) }
            document.end()
        case .timestamp(let moment):
            document.element(member?.locationName ?? name, TimeFormats.iso8601(moment))
        default:
            document.element(member?.locationName ?? name, Scalars.text(of: value))
        }
    }
}
