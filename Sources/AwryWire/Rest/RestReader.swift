// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import AwryModel

/// Reads the members that a rest request carries outside its body: in the path, the query and the headers.
///
/// Moments are RFC 822 in headers and ISO 8601 in queries and paths unless modelled otherwise (botocore's
/// `BaseRestSerializer`; Smithy's HTTP bindings).
struct RestReader {
    let call: IdentifiedCall
    let head: RequestHead
    let query: QueryItems
    /// The lengths of the headers' names, a bit each: of the forty headers that S3 takes a request has few.
    private let lengths: UInt64

    init(_ call: IdentifiedCall, _ head: RequestHead) {
        self.call = call
        self.head = head
        query = QueryItems(head.query)
        lengths = head.fields.reduce(0) { $0 | Fields.bit(ofLength: $1.name.count) }
    }

    /// The members of this structure that are bound outside the body, in the model's order.
    func members(of shape: Shape) throws(RestMisfit) -> Fields {
        var fields = Fields()
        // Lent by a span: most members are not there, and a copy of one counts four references.
        let lent = shape.members.span
        for index in lent.indices where mayBeThere(lent[index]) {
            if let value = try value(of: lent[index], of: shape) { fields[lent[index].name] = value }
        }
        return fields
    }

    /// False for what a look at lengths alone shows not to be there.
    private func mayBeThere(_ member: borrowing Member) -> Bool {
        switch member.location {
        case .body, .statusCode: false
        case .uri, .headers: true
        case .querystring: !query.items.isEmpty
        case .header: lengths & Fields.bit(ofLength: member.wireName.utf8.count) != 0
        }
    }

    private func value(of member: Member, of shape: Shape) throws(RestMisfit) -> Value? {
        switch member.location {
        case .body, .statusCode: return nil
        case .uri: return try label(member)
        case .querystring: return try queried(member, of: shape)
        case .header: return try header(member)
        case .headers: return headers(member)
        }
    }

    private func label(_ member: Member) throws(RestMisfit) -> Value? {
        guard let label = call.labels.first(where: { $0.name == member.wireName }) else { return nil }
        return try scalar(label.value, member, member.shape, .iso8601)
    }

    private func scalar(
        _ text: String, _ member: Member, _ id: ShapeID, _ format: TimestampFormat
    ) throws(RestMisfit) -> Value {
        let shape = call.service[id]
        if let value = RestScalars.value(text, shape, format: format) { return value }
        throw RestMisfit(name: member.wireName, text: text, expected: RestScalars.wanted(shape))
    }

    private func queried(_ member: Member, of shape: Shape) throws(RestMisfit) -> Value? {
        switch call.service[member.shape].kind {
        case .map(_, let value):
            if case .list = call.service[value.shape].kind { return rest(of: shape, isOfLists: true) }
            return rest(of: shape, isOfLists: false)
        case .list(let element):
            var values: [Value] = []
            for text in texts(member.wireName) { values.append(try scalar(text, member, element.shape, .iso8601)) }
            return values.isEmpty ? nil : .list(values)
        default:
            guard let text = texts(member.wireName).first else { return nil }
            return try scalar(text, member, member.shape, .iso8601)
        }
    }

    private func texts(_ name: String) -> [String] {
        guard !query.items.isEmpty else { return [] }
        let wanted = Array(name.utf8)
        return query.items.filter { PercentCoding.matches(query.bytes[$0.key], wanted) }
            .map { PercentCoding.lenientText(query.bytes[$0.value], plusIsSpace: true) }
    }

    /// A map in the query takes every item that nothing else does; one of lists all items of a name.
    private func rest(of shape: Shape, isOfLists: Bool) -> Value? {
        let named = Set(
            shape.members.filter { $0.location == .querystring && !isMap($0) }.map(\.wireName)
                + Route.parts(call.operation.traits.uri).query.split(separator: "&").map {
                    String($0.prefix { $0 != "=" })
                })
        var entries = Fields()
        for item in query.items {
            let key = PercentCoding.lenientText(query.bytes[item.key], plusIsSpace: true)
            guard !named.contains(key) else { continue }
            let text = PercentCoding.lenientText(query.bytes[item.value], plusIsSpace: true)
            if isOfLists {
                entries[key] = .list((entries[key]?.list ?? []) + [.string(text)])
            } else {
                entries.setDefault(key, .string(text))
            }
        }
        return entries.isEmpty ? nil : .structure(entries)
    }

    private func isMap(_ member: Member) -> Bool {
        if case .map = call.service[member.shape].kind { true } else { false }
    }

    private func header(_ member: Member) throws(RestMisfit) -> Value? {
        let shape = call.service[member.shape]
        if case .list(let element) = shape.kind {
            let lines = head.texts(member.wireName)
            guard !lines.isEmpty else { return nil }
            var values: [Value] = []
            for text in HeaderLists.split(lines.joined(separator: ","), isMoments: isMoment(element)) {
                values.append(try scalar(text, member, element.shape, .rfc822))
            }
            return .list(values)
        }
        guard let bytes = head.value(named: member.wireName) else { return nil }
        let text = String(decoding: bytes, as: UTF8.self)
        // Python's HTTP sends it unasked: it is no caller's value of neptunedata's `encoding`.
        if text == "identity", member.wireName.lowercased() == "accept-encoding" { return nil }
        if member.flags.contains(.jsonValue) {
            // To the model it is a text: the JSON, or what it holds where a caller's text was made JSON once more.
            guard let json = Base64.decode(bytes) else { return .string(text) }
            if case .string(let inner) = try? JSON.parse(json[...]) { return .string(inner) }
            return .string(String(decoding: json, as: UTF8.self))
        }
        // A date that cannot be read makes a condition void, not the request wrong (RFC 9110, 13.1.3 and 13.1.4).
        if case .timestamp = shape.kind { return RestScalars.value(text, shape, format: .rfc822) }
        return try scalar(text, member, member.shape, .rfc822)
    }

    private func isMoment(_ element: Member) -> Bool {
        if case .timestamp = call.service[element.shape].kind { true } else { false }
    }

    /// A map of all headers that begin so; the names' rests in lower case, repeats joined, as S3 keeps metadata.
    private func headers(_ member: Member) -> Value? {
        let prefix = Array(member.wireName.lowercased().utf8)
        var entries = Fields()
        for field in head.fields where field.name.count > prefix.count {
            let name = String(decoding: head.bytes[field.name], as: UTF8.self).lowercased()
            guard name.utf8.starts(with: prefix) else { continue }
            let key = String(name.utf8.dropFirst(prefix.count)) ?? name
            let text = String(decoding: head.bytes[field.value], as: UTF8.self)
            if let earlier = entries[key]?.string {
                entries[key] = .string(earlier + "," + text)
            } else {
                entries[key] = .string(text)
            }
        }
        return entries.isEmpty ? nil : .structure(entries)
    }
}

/// Lists in one header (RFC 9110, 5.6.1).
enum HeaderLists {
    /// The elements, without white space around them or quotes; each moment has a comma of its own.
    static func split(_ text: String, isMoments: Bool) -> [String] {
        var elements: [String] = []
        var current = ""
        var isQuoted = false
        var isEscaped = false
        var commas = 0
        for character in text.unicodeScalars {
            if isEscaped {
                current.unicodeScalars.append(character)
                isEscaped = false
            } else if isQuoted && character == "\\" {
                isEscaped = true
            } else if character == "\"" {
                isQuoted.toggle()
            } else if character == ",", !isQuoted {
                commas += 1
                if isMoments && commas % 2 == 1 {
                    current.unicodeScalars.append(character)
                } else {
                    elements.append(trimmed(current))
                    current = ""
                }
            } else {
                current.unicodeScalars.append(character)
            }
        }
        elements.append(trimmed(current))
        return elements.filter { !$0.isEmpty }
    }

    /// One header of elements; those with a comma or a quote stand in quotes.
    static func join(_ elements: [String]) -> String {
        elements.map { element in
            guard element.utf8.contains(UInt8(ascii: ",")) || element.utf8.contains(UInt8(ascii: "\"")) else {
                return element
            }
            return "\"" + element.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\\\"")
                + "\""
        }.joined(separator: ",")
    }

    private static func trimmed(_ text: String) -> String {
        let isSpace: (Character) -> Bool = { $0 == " " || $0 == "\t" }
        guard let start = text.firstIndex(where: { !isSpace($0) }), let end = text.lastIndex(where: { !isSpace($0) })
        else { return "" }
        return String(text[start...end])
    }
}
