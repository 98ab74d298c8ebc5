// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel
import AwryXML

extension QueryProtocol {
    /// An output as `<XResponse><XResult>…</XResult><ResponseMetadata>…`, or the same in JSON where that was asked for.
    static func encodeOutput(
        _ output: Fields, of call: IdentifiedCall, _ context: AnswerContext
    ) throws(WireError) -> Rendered {
        do {
            let body = context.wantsJSON ? try json(output, call, context) : try xml(output, call, context)
            return Rendered(status: 200, headers: headers(context), body: body)
        } catch {
            throw error.wireError
        }
    }

    static func headers(_ context: AnswerContext) -> [Header] {
        [
            Header("x-amzn-RequestId", context.requestID),
            Header("Content-Type", context.wantsJSON ? "application/json" : "text/xml"),
        ]
    }

    private static func xml(
        _ output: Fields, _ call: IdentifiedCall, _ context: AnswerContext
    ) throws(ShapeMismatch) -> [UInt8] {
        var document = document(call.service)
        document.start(call.operation.name + "Response", namespace: namespace(call.service))
        if let id = call.operation.output {
            let wrapper = resultElement(call)
            if let wrapper { document.start(wrapper) }
            try QueryWriter(service: call.service).structure(output, call.service[id], into: &document)
            if wrapper != nil { document.end() }
        }
        document.start("ResponseMetadata")
        document.element("RequestId", context.requestID)
        return document.finish()
    }

    /// `{"XResponse":{"XResult":{…},"ResponseMetadata":{"RequestId":"…"}}}`, as recorded from STS.
    private static func json(
        _ output: Fields, _ call: IdentifiedCall, _ context: AnswerContext
    ) throws(ShapeMismatch) -> [UInt8] {
        var out = Array("{".utf8)
        JSON.write(.string(call.operation.name + "Response"), into: &out)
        out.append(contentsOf: ":{".utf8)
        if let id = call.operation.output {
            JSON.write(.string(resultElement(call) ?? call.operation.name + "Result"), into: &out)
            out.append(UInt8(ascii: ":"))
            try JSONValueWriter(service: call.service).structure(output, call.service[id], into: &out)
            out.append(UInt8(ascii: ","))
        }
        out.append(contentsOf: "\"ResponseMetadata\":".utf8)
        JSON.write(["RequestId": .string(context.requestID)], into: &out)
        out.append(contentsOf: "}}".utf8)
        return out
    }

    private static func resultElement(_ call: IdentifiedCall) -> String? {
        call.operation.traits.resultWrapper ?? (isLegacySQS(call.service) ? call.operation.name + "Result" : nil)
    }
}

/// Writes values as the query protocol's XML by the model, in the order in which they are given.
struct QueryWriter {
    let names: QueryNames

    init(service: Service) {
        names = QueryNames(service)
    }

    func structure(_ fields: Fields, _ shape: Shape, into document: inout XMLWriter) throws(ShapeMismatch) {
        for (name, value) in fields {
            guard let member = shape.member(name) else { throw Scalars.unknown(name, in: shape) }
            if case .null = value { continue }
            do {
                try self.value(value, member, named: names.name(of: member), into: &document)
            } catch {
                throw error.below(name)
            }
        }
    }

    /// The element, or for flattened lists and maps the elements, of one member.
    func value(
        _ value: Value, _ member: Member, named name: String, into document: inout XMLWriter
    ) throws(ShapeMismatch) {
        let shape = names.service[member.shape]
        let isFlat = names.isFlattened(member, shape)
        switch shape.kind {
        case .structure:
            guard case .structure(let fields) = value else { throw Scalars.mismatch("a structure", value) }
            document.start(name)
            try structure(fields, shape, into: &document)
            document.end()
        case .list(let element):
            guard case .list(let elements) = value else { throw Scalars.mismatch("a list", value) }
            if !isFlat { document.start(name) }
            try list(elements, element, named: isFlat ? name : names.element(element), into: &document)
            if !isFlat { document.end() }
        case .map(let key, let element):
            guard case .structure(let fields) = value else { throw Scalars.mismatch("a map", value) }
            if !isFlat { document.start(name) }
            let parts = names.entry(shape, key, element)
            try map(fields, element, entry: isFlat ? name : "entry", parts, into: &document)
            if !isFlat { document.end() }
        default:
            document.element(name, try text(value, shape))
        }
    }

    private func list(
        _ elements: [Value], _ element: Member, named name: String, into document: inout XMLWriter
    ) throws(ShapeMismatch) {
        for (index, value) in elements.enumerated() {
            do {
                try self.value(value, element, named: name, into: &document)
            } catch {
                throw error.below(String(index))
            }
        }
    }

    private func map(
        _ fields: Fields, _ element: Member, entry: String, _ parts: (key: String, value: String),
        into document: inout XMLWriter
    ) throws(ShapeMismatch) {
        for (name, value) in fields {
            document.start(entry)
            document.element(parts.key, name)
            do {
                try self.value(value, element, named: parts.value, into: &document)
            } catch {
                throw error.below(name)
            }
            document.end()
        }
    }

    private func text(_ value: Value, _ shape: Shape) throws(ShapeMismatch) -> String {
        switch shape.kind {
        case .boolean: return try Scalars.flag(value) ? "true" : "false"
        case .integer, .long: return String(try Scalars.integer(value))
        case .float, .double: return Scalars.text(of: try Scalars.double(value))
        case .blob: return Base64.text(try Scalars.bytes(value))
        case .timestamp: return text(try Scalars.moment(value), shape.traits.timestampFormat)
        case .string, .structure, .list, .map: return try Scalars.text(value)
        }
    }

    /// IAM and STS never show fractions of a second, EC2 always does.
    private func text(_ moment: Timestamp, _ format: TimestampFormat?) -> String {
        switch format {
        case .unix: return TimeFormats.epoch(moment)
        case .rfc822: return TimeFormats.rfc822(moment)
        case .iso8601, nil:
            switch names.service.name {
            case "iam", "sts": return TimeFormats.iso8601(moment, fraction: .none)
            case "ec2": return TimeFormats.iso8601(moment, fraction: .milliseconds)
            default: return TimeFormats.iso8601(moment, fraction: .whereNeeded)
            }
        }
    }
}
