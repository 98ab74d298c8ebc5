// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import AwryModel
import AwryXML

extension RESTXMLProtocol {
    /// The input in a request's path, query, headers and body.
    static func decodeInput(
        _ call: IdentifiedCall, head: RequestHead, body: ArraySlice<UInt8>
    ) throws(WireError) -> Fields {
        try decodeInput(call, head: head, body: Blob(body), trailers: [])
    }

    /// The same with what followed the body: a checksum that could not be told before.
    static func decodeInput(
        _ call: IdentifiedCall, head: RequestHead, body: Blob, trailers: [Header]
    ) throws(WireError) -> Fields {
        guard let id = call.operation.input else { return [:] }
        let shape = call.service[id]
        var input: Fields
        do {
            input = try RestReader(call, head).members(of: shape)
        } catch {
            throw refusal(error, by: call.service)
        }
        for trailer in trailers {
            let name = trailer.name.lowercased()
            let member = shape.members.first { $0.location == .header && $0.wireName.lowercased() == name }
            guard let member, input[member.name] == nil, call.service[member.shape].kind.isString else { continue }
            input[member.name] = .string(trailer.value)
        }
        if isS3(call.service) { dropTransferCoding(&input) }
        do {
            try readBody(body, shape, call, into: &input)
        } catch {
            throw malformed(by: call.service, error)
        }
        return input
    }

    private static func readBody(
        _ body: Blob, _ shape: Shape, _ call: IdentifiedCall, into input: inout Fields
    ) throws(XMLMisfit) {
        let reader = XMLValueReader(service: call.service, isStrict: isS3(call.service))
        if let name = shape.traits.payload, let member = shape.member(name) {
            let content = call.service[member.shape]
            switch content.kind {
            case .blob: input[name] = .blob(body)
            case .string:
                guard let text = String(validating: body.bytes, as: UTF8.self) else { throw XMLMisfit("not UTF-8") }
                input[name] = .string(text)
            default:
                guard let root = try document(body.bytes) else { return }
                try reader.check(root, isOneOf: [member.wireName, content.traits.locationName ?? content.name])
                input[name] = try reader.value(root, member)
            }
            return
        }
        guard shape.members.contains(where: { $0.location == .body }), let root = try document(body.bytes) else {
            return
        }
        if let name = call.operation.traits.inputElement { try reader.check(root, isOneOf: [name, shape.name]) }
        for (name, value) in try reader.structure(root, shape) { input[name] = value }
    }

    /// The root of a body that is not empty.
    private static func document(_ body: ArraySlice<UInt8>) throws(XMLMisfit) -> XMLElement? {
        guard !body.isEmpty else { return nil }
        do {
            return try XMLDocument(body).root
        } catch {
            throw XMLMisfit("line \(error.line): \(error.text)")
        }
    }

    /// `aws-chunked` was the transport's, not the object's: S3 does not keep it.
    private static func dropTransferCoding(_ input: inout Fields) {
        guard let coding = input["ContentEncoding"]?.string else { return }
        let kept = HeaderLists.split(coding, isMoments: false).filter { $0.lowercased() != "aws-chunked" }
        if kept.isEmpty {
            input["ContentEncoding"] = nil
        } else if coding.lowercased().contains("aws-chunked") {
            input["ContentEncoding"] = .string(kept.joined(separator: ","))
        }
    }

    private static func refusal(_ misfit: RestMisfit, by service: Service) -> WireError {
        guard isS3(service) else {
            return WireError(
                "InvalidInput", status: 400,
                message: "Invalid value for \(misfit.name): expected \(misfit.expected), found '\(misfit.text)'")
        }
        let message =
            misfit.expected == "an integer"
            ? "Provided \(misfit.name) not an integer or within integer range"
            : "Invalid value for \(misfit.name)"
        return WireError(
            "InvalidArgument", status: 400, message: message,
            fields: ["ArgumentName": .string(misfit.name), "ArgumentValue": .string(misfit.text)])
    }

    private static func malformed(by service: Service, _ misfit: XMLMisfit) -> WireError {
        guard isS3(service) else {
            let code = service.name == "route53" ? "InvalidInput" : "MalformedInput"
            return WireError(code, status: 400, message: "Could not parse XML: \(misfit.message)")
        }
        return WireError(
            "MalformedXML", status: 400,
            message: "The XML you provided was not well-formed or did not validate against our published schema")
    }
}

/// A document that is not XML, or not what the model says.
struct XMLMisfit: Error {
    let message: String

    init(_ message: String) {
        self.message = message
    }

    init(_ message: String, at element: XMLElement) {
        self.message = "line \(element.line): \(message)"
    }
}

/// Types XML by the model. Recursion follows the document, whose depth its reader bounds.
struct XMLValueReader {
    let service: Service
    /// Whether elements that the model does not know are refused, as S3's schema does.
    let isStrict: Bool

    func check(_ root: XMLElement, isOneOf names: [String]) throws(XMLMisfit) {
        guard isStrict, !names.contains(where: root.isNamed) else { return }
        throw XMLMisfit("expected <\(names[0])>, found <\(root.name)>", at: root)
    }

    func structure(_ element: XMLElement, _ shape: Shape) throws(XMLMisfit) -> Fields {
        var fields = Fields()
        for member in shape.members where member.flags.contains(.xmlAttribute) {
            if let text = element.attribute(member.wireName) { fields[member.name] = .string(text) }
        }
        // Elements of flattened lists and maps are gathered first: appending to a value inside `fields` would copy it.
        var lists: [String: [Value]] = [:]
        var maps: [String: Fields] = [:]
        for child in element.children {
            guard let member = member(for: child, of: shape) else {
                if isStrict { throw XMLMisfit("\(shape.name) has no <\(child.name)>", at: child) }
                continue
            }
            let content = service[member.shape]
            switch content.kind {
            case .list(let item) where member.isFlattened(content):
                if lists[member.name] == nil { fields[member.name] = .list([]) }
                lists[member.name, default: []].append(try value(child, item))
            case .map(let key, let item) where member.isFlattened(content):
                if maps[member.name] == nil { fields[member.name] = .structure([:]) }
                try entry(child, key, item, into: &maps[member.name, default: [:]])
            default:
                fields[member.name] = try value(child, member)
            }
        }
        for (name, values) in lists { fields[name] = .list(values) }
        for (name, entries) in maps { fields[name] = .structure(entries) }
        return fields
    }

    func value(_ element: XMLElement, _ member: Member) throws(XMLMisfit) -> Value {
        let shape = service[member.shape]
        switch shape.kind {
        case .structure: return .structure(try structure(element, shape))
        case .list(let item):
            var values: [Value] = []
            for child in element.children {
                if isStrict, !child.isNamed(item.locationName ?? "member") {
                    throw XMLMisfit("expected <\(item.locationName ?? "member")>, found <\(child.name)>", at: child)
                }
                values.append(try value(child, item))
            }
            return .list(values)
        case .map(let key, let item):
            var entries = Fields()
            for child in element.children { try entry(child, key, item, into: &entries) }
            return .structure(entries)
        default:
            guard !element.hasChildren else { throw XMLMisfit("<\(element.name)> has elements", at: element) }
            if case .string = shape.kind { return .string(element.text) }
            if let value = RestScalars.value(trimmed(element.textBytes), shape, format: .iso8601) { return value }
            throw XMLMisfit("<\(element.name)> is not \(RestScalars.wanted(shape))", at: element)
        }
    }

    /// The member that goes by an element's name. A flattened list's elements go by the list's name or by their own.
    private func member(for child: XMLElement, of shape: Shape) -> Member? {
        for member in shape.members where member.location == .body && !member.flags.contains(.xmlAttribute) {
            if child.isNamed(member.wireName) { return member }
            let content = service[member.shape]
            if case .list(let item) = content.kind, member.isFlattened(content), let name = item.locationName,
                child.isNamed(name)
            {
                return member
            }
        }
        return nil
    }

    private func entry(
        _ element: XMLElement, _ key: Member, _ item: Member, into entries: inout Fields
    ) throws(XMLMisfit) {
        guard let name = element.first(key.locationName ?? "key"),
            let value = element.first(item.locationName ?? "value")
        else { throw XMLMisfit("<\(element.name)> lacks its key or its value", at: element) }
        entries[name.text] = try self.value(value, item)
    }

    private func trimmed(_ bytes: ArraySlice<UInt8>) -> String {
        let isSpace: (UInt8) -> Bool = { $0 == 0x20 || (0x09...0x0D).contains($0) }
        guard let start = bytes.firstIndex(where: { !isSpace($0) }), let end = bytes.lastIndex(where: { !isSpace($0) })
        else { return "" }
        return String(decoding: bytes[start...end], as: UTF8.self)
    }
}
