// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

extension JSONProtocol {
    /// An error as a JSON body with `__type`, and in the headers that clients prefer or alone read.
    static func encodeError(
        _ error: WireError, dialect: Dialect, service: Service?, _ context: AnswerContext
    ) -> Rendered {
        var headers = identification(context, service)
        headers.append(Header("Content-Type", contentType(dialect)))
        let shape = safe(error.shape)
        if isCognito(service) {
            // Recorded with the colon, and with the message a second time.
            headers.append(Header("x-amzn-ErrorType", shape + ":"))
            if let message = error.message { headers.append(Header("x-amzn-ErrorMessage", safe(message))) }
        } else {
            headers.append(Header("x-amzn-ErrorType", shape))
        }
        if let header = queryError(error, service) { headers.append(header) }
        headers += error.headers
        return Rendered(status: error.status, headers: headers, body: body(error, service))
    }

    /// `__type` first, the message next, the error's other members after them.
    static func body(_ error: WireError, _ service: Service?) -> [UInt8] {
        let namespace = error.namespace ?? self.namespace(of: error.shape, in: service)
        var out: [UInt8] = []
        out.reserveCapacity(64 + error.shape.utf8.count + (error.message?.utf8.count ?? 0))
        out.append(contentsOf: "{\"__type\":".utf8)
        JSON.write(namespace.map { $0 + "#" + error.shape } ?? error.shape, into: &out)
        members(of: error, service, into: &out)
        out.append(UInt8(ascii: "}"))
        return out
    }

    /// The message and the error's other members, each after a comma where something stands before it.
    static func members(of error: WireError, _ service: Service?, into out: inout [UInt8]) {
        if error.message == nil, error.fields.isEmpty { return }
        let modelled = service?.error(error.shape)
        if let message = error.message {
            append(messageName(modelled), to: &out)
            JSON.write(message, into: &out)
        }
        // Most errors have none, and walking none costs two allocations.
        if error.fields.isEmpty { return }
        for (name, value) in error.fields where error.message == nil || !isMessage(name) {
            let member = modelled?.member(name)
            append(member?.wireName ?? name, to: &out)
            write(value, member, service, into: &out)
        }
    }

    /// What the model calls the message: clients show a modelled member only under its own name. `message` otherwise.
    static func messageName(_ shape: Shape?) -> String {
        shape?.members.first { isMessage($0.name) }?.wireName ?? "message"
    }

    static func isMessage(_ name: String) -> Bool {
        name.utf8.count == 7 && (name == "message" || name.lowercased() == "message")
    }

    private static func append(_ name: String, to out: inout [UInt8]) {
        if out.last != UInt8(ascii: "{") { out.append(UInt8(ascii: ",")) }
        JSON.write(name, into: &out)
        out.append(UInt8(ascii: ":"))
    }

    /// By the model where the value fits it, else as it is: an error is answered in any case.
    private static func write(_ value: Value, _ member: Member?, _ service: Service?, into out: inout [UInt8]) {
        let start = out.count
        if let service, let member {
            do {
                return try JSONValueWriter(service: service).value(value, service[member.shape], into: &out)
            } catch {
                out.removeSubrange(start...)
            }
        }
        JSON.write(value, into: &out)
    }

    /// `Code;Sender`: exactly two parts, the code not empty, else clients ignore it.
    static func queryError(_ error: WireError, _ service: Service?) -> Header? {
        guard let service, service.metadata.isQueryCompatible, !error.code.isEmpty,
            !error.code.utf8.contains(UInt8(ascii: ";"))
        else { return nil }
        return Header("x-amzn-query-error", "\(safe(error.code));\(error.fault.wireType)")
    }

    private static func isCognito(_ service: Service?) -> Bool {
        service?.name == "cognito-idp" || service?.name == "cognito-identity"
    }

    /// A text that a header can carry: control characters become spaces.
    static func safe(_ text: String) -> String {
        var text = text
        guard text.withUTF8(PlainText.hasControls) else { return text }
        return String(decoding: text.utf8.map { $0 < 0x20 || $0 == 0x7F ? 0x20 : $0 }, as: UTF8.self)
    }
}
