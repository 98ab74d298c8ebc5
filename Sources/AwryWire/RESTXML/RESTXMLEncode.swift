// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel
import AwryXML

extension RESTXMLProtocol {
    /// An output as status, headers and an XML document, raw bytes or nothing.
    static func encodeOutput(
        _ output: Fields, of call: IdentifiedCall, _ context: AnswerContext
    ) throws(WireError) -> Rendered {
        do {
            return try render(output, call, context)
        } catch {
            throw error.wireError
        }
    }

    private static func render(
        _ output: Fields, _ call: IdentifiedCall, _ context: AnswerContext
    ) throws(ShapeMismatch) -> Rendered {
        let service = call.service
        let said = isS3(service) ? S3Statuses.table[call.operation.name] : nil
        let status = said ?? call.operation.traits.responseCode
        var answer = Rendered(status: status, headers: ids(service, context))
        guard let id = call.operation.output else { return answer }
        let shape = service[id]
        var writer = RestWriter(service, isHead: context.isHead)
        // In the model's order; an object's answer has ten of forty members, and those that are not there are not
        // copied.
        var left = output.count
        let lengths = output.nameLengths
        let members = shape.members
        let lent = members.span
        for index in lent.indices where left > 0 {
            guard lengths & Fields.bit(ofLength: lent[index].name.utf8.count) != 0,
                let value = output[lent[index].name]
            else { continue }
            left -= 1
            if case .null = value { continue }
            do {
                _ = try writer.write(value, lent[index])
            } catch {
                throw error.below(lent[index].name)
            }
        }
        if left > 0, let name = output.names.first(where: { shape.member($0) == nil }) {
            throw Scalars.unknown(name, in: shape)
        }
        answer.status = writer.status ?? status
        // A part of an object: S3's models have no member for the status.
        if isS3(service), answer.status == 200, writer.headers.contains(where: { $0.name == "Content-Range" }) {
            answer.status = 206
        }
        answer.headers += writer.headers
        if !context.isHead { try body(output, shape, call, into: &answer) }
        return answer
    }

    private static func body(
        _ output: Fields, _ shape: Shape, _ call: IdentifiedCall, into answer: inout Rendered
    ) throws(ShapeMismatch) {
        let service = call.service
        var type = "application/xml"
        if let name = shape.traits.payload, let member = shape.member(name) {
            let content = service[member.shape]
            let value = output[name]
            switch content.kind {
            case .blob, .string:
                do {
                    if let value { try answer.take(payload: value) }
                } catch {
                    throw error.below(name)
                }
                type = content.kind.isString ? "application/json" : "binary/octet-stream"
            default:
                do {
                    if content.traits.flags.contains(.eventStream) {
                        answer.body = try eventStream(value, content, service)
                        type = EventMessage.mediaType
                        break
                    }
                    guard let value, value != .null else { return }
                    answer.body = try document(value, root: member.locationName, content, service)
                } catch {
                    throw error.below(name)
                }
            }
        } else {
            guard shape.members.contains(where: { $0.location == .body }) else { return }
            if call.operation.name == "GetBucketLocation", service.name == "s3" {
                answer.body = location(output["LocationConstraint"]?.string)
            } else {
                answer.body = try document(output, root(of: call.operation, shape, of: service), shape, service)
            }
        }
        if !answer.headers.contains(where: { $0.name.utf8.count == 12 && $0.name.lowercased() == "content-type" }) {
            answer.headers.append(Header("Content-Type", type))
        }
    }

    static func document(
        _ value: Value, root: String?, _ shape: Shape, _ service: Service
    ) throws(ShapeMismatch) -> [UInt8] {
        guard let fields = value.fields else { throw Scalars.mismatch("a structure", value) }
        return try document(fields, root ?? shape.traits.locationName ?? shape.name, shape, service)
    }

    private static func document(
        _ fields: Fields, _ root: String, _ shape: Shape, _ service: Service
    ) throws(ShapeMismatch) -> [UInt8] {
        var document = XMLWriter()
        document.start(root, namespace: namespace(service))
        try XMLValueWriter(service: service).structure(fields, shape, into: &document)
        return document.finish()
    }

    /// The one answer whose root is its text; empty for us-east-1.
    private static func location(_ region: String?) -> [UInt8] {
        var document = XMLWriter()
        document.start("LocationConstraint", namespace: s3Namespace)
        if let region, !region.isEmpty { document.text(region) }
        return document.finish()
    }

    private static let s3Namespace = "http://s3.amazonaws.com/doc/2006-03-01/"
}

extension Shape.Kind {
    var isString: Bool { if case .string = self { true } else { false } }
}

/// Writes values as rest-xml's elements, in the model's order.
struct XMLValueWriter {
    let service: Service

    /// The attributes, then the elements, of a structure whose element is open. Members bound elsewhere are left out.
    func structure(_ fields: Fields, _ shape: Shape, into document: inout XMLWriter) throws(ShapeMismatch) {
        for name in fields.names where shape.member(name) == nil { throw Scalars.unknown(name, in: shape) }
        for member in shape.members where member.flags.contains(.xmlAttribute) {
            guard let value = fields[member.name], value != .null else { continue }
            if let space = shape.traits.xmlNamespace, let prefix = shape.traits.xmlPrefix {
                document.attribute("xmlns:\(prefix)", space)
            }
            document.attribute(member.wireName, Scalars.text(of: value))
        }
        for member in shape.members where member.location == .body && !member.flags.contains(.xmlAttribute) {
            guard let value = fields[member.name], value != .null else { continue }
            do {
                try self.value(value, member, named: name(of: member), into: &document)
            } catch {
                throw error.below(member.name)
            }
        }
    }

    /// A flattened list's elements go by their own name, if they have one (botocore's `_member_key_name`).
    private func name(of member: Member) -> String {
        let shape = service[member.shape]
        if case .list(let item) = shape.kind, member.isFlattened(shape), let name = item.locationName { return name }
        return member.locationName ?? shape.traits.locationName ?? member.name
    }

    func value(
        _ value: Value, _ member: Member, named name: String, into document: inout XMLWriter
    ) throws(ShapeMismatch) {
        let shape = service[member.shape]
        let isFlat = member.isFlattened(shape)
        switch shape.kind {
        case .structure:
            guard let fields = value.fields else { throw Scalars.mismatch("a structure", value) }
            document.start(name)
            try structure(fields, shape, into: &document)
            document.end()
        case .list(let item):
            guard let elements = value.list else { throw Scalars.mismatch("a list", value) }
            if !isFlat { document.start(name) }
            for (index, element) in elements.enumerated() {
                do {
                    try self.value(element, item, named: isFlat ? name : item.locationName ?? "member", into: &document)
                } catch {
                    throw error.below(String(index))
                }
            }
            if !isFlat { document.end() }
        case .map(let key, let item):
            guard let entries = value.fields else { throw Scalars.mismatch("a map", value) }
            if !isFlat { document.start(name) }
            for (entry, value) in entries {
                document.start(isFlat ? name : "entry")
                document.element(key.locationName ?? "key", entry)
                do {
                    try self.value(value, item, named: item.locationName ?? "value", into: &document)
                } catch {
                    throw error.below(entry)
                }
                document.end()
            }
            if !isFlat { document.end() }
        case .timestamp:
            let format = shape.traits.timestampFormat ?? .iso8601
            // S3's listings always show milliseconds.
            document.element(
                name, RestScalars.text(try Scalars.moment(value), format, fraction: isS3 ? .milliseconds : .whereNeeded)
            )
        default:
            document.element(name, try RestScalars.text(value, shape, format: .iso8601))
        }
    }

    private var isS3: Bool { service.name == "s3" }
}
