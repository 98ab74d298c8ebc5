// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import AwryModel

extension QueryProtocol {
    /// The input in a form, in the model's order of members.
    ///
    /// Parameters that the model does not know are passed over, as AWS does. Values that are none of their type are a
    /// `MalformedInput`. SQS takes the queue's URL from the request's own path where no parameter gives it.
    static func decodeInput(
        _ call: IdentifiedCall, head: RequestHead, body: ArraySlice<UInt8>
    ) throws(WireError) -> Fields {
        guard let input = call.operation.input else { return [:] }
        var fields = try decode(try form(head, body), as: call.service[input], of: call.service)
        if isLegacySQS(call.service), head.path.count > 1, fields["QueueUrl"] == nil,
            call.service[input].member("QueueUrl") != nil
        {
            let path = String(decoding: head.path, as: UTF8.self)
            fields["QueueUrl"] = .string("http://\(head.hostText ?? "localhost")\(path)")
        }
        // An entry is named after its kind: a form without any holds an empty batch.
        if isLegacySQS(call.service), fields["Entries"] == nil, call.service[input].member("Entries") != nil {
            fields["Entries"] = .list([])
        }
        return fields
    }

    /// The structure in a form, typed by its shape.
    static func decode(_ form: Form, as shape: Shape, of service: Service) throws(WireError) -> Fields {
        try decode(form, as: shape, named: QueryNames(service))
    }

    /// The same, by these names.
    static func decode(_ form: Form, as shape: Shape, named names: QueryNames) throws(WireError) -> Fields {
        let reader = QueryReader(tree: try FormTree(form), names: names)
        return try reader.structure(FormTree.root, shape)
    }
}

/// Types a form's tree by the model. Recursion follows the tree, whose depth is bounded.
private struct QueryReader {
    let tree: FormTree
    let names: QueryNames

    func structure(_ place: Int, _ shape: Shape) throws(WireError) -> Fields {
        var typed = Fields()
        for member in shape.members {
            guard let below = tree.child(names.name(of: member), of: place) else { continue }
            let target = names.service[member.shape]
            let isFlat = names.isFlattened(member, target)
            if let value = try value(below, target, isFlat: isFlat, named: member.name) { typed[member.name] = value }
        }
        return typed
    }

    private func value(
        _ place: Int, _ shape: Shape, isFlat: Bool, named name: String
    ) throws(WireError) -> Value? {
        switch shape.kind {
        case .structure:
            if let text = tree[place].value, !text.isEmpty, tree[place].children.isEmpty {
                throw malformed("Unexpected complex element termination")
            }
            return .structure(try structure(place, shape))
        case .list(let element):
            return .list(try list(place, element, isFlat: isFlat, named: name))
        case .map(let key, let value):
            return .structure(try map(place, shape, key, value, isFlat: isFlat, named: name))
        default:
            guard let text = tree[place].value else { return nil }
            return try scalar(text, shape, named: name)
        }
    }

    private func list(
        _ place: Int, _ element: Member, isFlat: Bool, named name: String
    ) throws(WireError) -> [Value] {
        // An empty list travels as `Name=`.
        if let text = tree[place].value, !text.isEmpty { throw malformed("Unexpected list element termination") }
        guard let holder = isFlat ? place : tree.child(names.element(element), of: place) else { return [] }
        let shape = names.service[element.shape]
        var typed: [Value] = []
        for item in tree.numbered(holder) {
            if let value = try value(item, shape, isFlat: names.isFlattened(element, shape), named: name) {
                typed.append(value)
            }
        }
        return typed
    }

    private func map(
        _ place: Int, _ shape: Shape, _ key: Member, _ value: Member, isFlat: Bool, named name: String
    ) throws(WireError) -> Fields {
        guard let holder = isFlat ? place : tree.child("entry", of: place) else { return [:] }
        let parts = names.entry(shape, key, value)
        let target = names.service[value.shape]
        var typed = Fields()
        for entry in tree.numbered(holder) {
            guard let keyPlace = tree.child(parts.key, of: entry), let key = tree[keyPlace].value,
                let valuePlace = tree.child(parts.value, of: entry)
            else { continue }
            typed[key] = try self.value(
                valuePlace, target, isFlat: names.isFlattened(value, target), named: name)
        }
        return typed
    }

    private func scalar(_ text: String, _ shape: Shape, named name: String) throws(WireError) -> Value {
        switch shape.kind {
        case .integer, .long:
            guard let number = Int64(text) else { throw malformed("Expected an integer for \(name)", text) }
            return .integer(number)
        case .float, .double:
            guard let number = Scalars.special(text) ?? number(text) else {
                throw malformed("Expected a number for \(name)", text)
            }
            return .double(number)
        case .boolean:
            switch text.lowercased() {
            case "true": return .bool(true)
            case "false": return .bool(false)
            default: throw malformed("Expected true or false for \(name)", text)
            }
        case .timestamp:
            // botocore 1 writes ISO 8601; some callers send seconds, which AWS takes too.
            guard let moment = TimeFormats.parseISO8601(text) ?? TimeFormats.parseEpoch(text) else {
                throw malformed("timestamp must follow ISO8601")
            }
            return .timestamp(moment)
        case .blob:
            var text = text
            guard let bytes = text.withUTF8({ Base64.decode($0) }) else {
                throw malformed("Expected base64 for \(name)")
            }
            return .blob(Blob(bytes))
        case .string, .structure, .list, .map: return .string(text)
        }
    }

    private func number(_ text: String) -> Double? {
        guard text.utf8.allSatisfy({ "0123456789+-.eE".utf8.contains($0) }), let number = Double(text),
            number.isFinite
        else { return nil }
        return number
    }

    private func malformed(_ message: String, _ found: String? = nil) -> WireError {
        WireError("MalformedInput", message: message + (found.map { ", found '\($0.prefix(256))'" } ?? ""))
    }
}
