// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import AwryModel

extension RESTJSONProtocol {
    /// The input in a request's path, query, headers and body.
    ///
    /// Null members count as absent and unknown ones are passed over, as AWS does; what cannot be read is a
    /// `SerializationException`, in the words that the JSON protocols have for it.
    static func decodeInput(
        _ call: IdentifiedCall, head: RequestHead, body: ArraySlice<UInt8>
    ) throws(WireError) -> Fields {
        guard let id = call.operation.input else { return [:] }
        let shape = call.service[id]
        var input: Fields
        do {
            input = try RestReader(call, head).members(of: shape)
        } catch {
            throw refusal("Invalid value for \(error.name): expected \(error.expected), found '\(error.text)'")
        }
        do {
            try read(body, shape, call.service, into: &input)
        } catch {
            throw refusal(error.message)
        }
        return input
    }

    private static func read(
        _ body: ArraySlice<UInt8>, _ shape: Shape, _ service: Service, into input: inout Fields
    ) throws(JSONMisfit) {
        if let name = shape.traits.payload, let member = shape.member(name) {
            if let value = try payload(body, service[member.shape], service) { input[name] = value }
            return
        }
        guard !body.isEmpty, shape.members.contains(where: { $0.location == .body }) else { return }
        let fields: Fields
        switch try parsed(body) {
        case .structure(let found): fields = found
        case .null: return
        case .list: throw .listNotExpected
        default: throw JSONMisfit(message: nil)
        }
        let reader = JSONValueReader(service: service)
        for (name, value) in fields {
            guard let member = member(name, of: shape) else { continue }
            if let value = try reader.value(value, service[member.shape]) { input[member.name] = value }
        }
    }

    /// The one member that is the whole body: bytes and texts as they are, all else as JSON.
    static func payload(
        _ body: ArraySlice<UInt8>, _ content: Shape, _ service: Service
    ) throws(JSONMisfit) -> Value? {
        switch content.kind {
        case .blob: return .blob(Blob(body))
        case .string:
            guard let text = String(validating: body, as: UTF8.self) else { throw JSONMisfit(message: nil) }
            return .string(text)
        default:
            if content.traits.flags.contains(.eventStream) { return try readEvents(body, content, service) }
            guard !body.isEmpty else { return nil }
            return try JSONValueReader(service: service).value(try parsed(body), content)
        }
    }

    /// The member that the body calls so. One in the path or a header may go by the same name.
    private static func member(_ name: String, of shape: Shape) -> Member? {
        if let member = shape.member(name), member.wireName == name, member.location == .body { return member }
        return shape.members.first { $0.location == .body && $0.wireName == name }
    }

    private static func parsed(_ body: ArraySlice<UInt8>) throws(JSONMisfit) -> Value {
        do {
            return try JSON.parse(body)
        } catch {
            throw JSONMisfit(message: nil)
        }
    }

    private static func refusal(_ message: String?) -> WireError {
        WireError("SerializationException", status: 400, message: message)
    }
}
