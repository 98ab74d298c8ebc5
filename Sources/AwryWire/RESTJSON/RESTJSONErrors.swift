// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

extension RESTJSONProtocol {
    /// An error: its name in `x-amzn-ErrorType`, its members in the body or in the headers that the model says.
    static func encodeError(
        _ error: WireError, dialect: Dialect, service: Service?, _ context: AnswerContext
    ) -> Rendered {
        var answer = Rendered(status: error.status, headers: identification(context))
        answer.headers.append(Header("x-amzn-ErrorType", JSONProtocol.safe(error.shape)))
        var inBody = error
        if let service, let modelled = service.error(error.shape) {
            var writer = RestWriter(service, isHead: context.isHead)
            for (name, value) in error.fields {
                guard let member = modelled.member(name) else { continue }
                if member.location == .statusCode || (try? writer.write(value, member)) == true {
                    inBody.fields[name] = nil
                }
            }
            answer.headers += writer.headers
            repeatItself(&inBody, modelled, service)
        }
        answer.headers += error.headers
        guard error.status != 204, error.status != 304 else { return answer }
        answer.headers.append(Header("Content-Type", contentType))
        answer.body = body(inBody, service)
        return answer
    }

    /// Members in which some services say once more what is wrong, and which their models may require: EFS's
    /// `ErrorCode`, Glacier's `code` and `type`, Lambda's `Type`.
    private static func repeatItself(_ error: inout WireError, _ modelled: Shape, _ service: Service) {
        for member in modelled.members where member.location == .body && error.fields[member.name] == nil {
            let shape = service[member.shape]
            guard shape.kind.isString, shape.limits.values.isEmpty, member.values.isEmpty else { continue }
            let isClients = error.fault == .client
            switch (member.name.lowercased(), service.name) {
            case ("code", _) where member.isRequired || service.name == "glacier",
                ("errorcode", _) where member.isRequired:
                error.fields[member.name] = .string(error.code)
            case ("type", "glacier"): error.fields[member.name] = isClients ? "Client" : "Server"
            case ("type", "lambda"): error.fields[member.name] = isClients ? "User" : "Service"
            default: continue
            }
        }
    }

    /// The members alone; where no service is known the caller may speak another JSON protocol and read `__type`.
    private static func body(_ error: WireError, _ service: Service?) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(32 + (error.message?.utf8.count ?? 0))
        out.append(UInt8(ascii: "{"))
        if service == nil {
            out.append(contentsOf: "\"__type\":".utf8)
            JSON.write(error.shape, into: &out)
        }
        JSONProtocol.members(of: error, service, into: &out)
        out.append(UInt8(ascii: "}"))
        return out
    }
}
