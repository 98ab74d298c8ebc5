// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

/// Writes the members that a rest answer carries outside its body: the status and the headers.
struct RestWriter {
    let service: Service
    /// Whether it answers HEAD, whose `Content-Length` is the output's.
    let isHead: Bool
    private(set) var status: Int?
    private(set) var headers: [Header] = []

    init(_ service: Service, isHead: Bool) {
        self.service = service
        self.isHead = isHead
    }

    /// Takes the member, if its place is outside the body; false if it is in the body.
    mutating func write(_ value: Value, _ member: Member) throws(ShapeMismatch) -> Bool {
        switch member.location {
        case .body, .uri, .querystring: return false
        case .statusCode: status = Int(exactly: try Scalars.integer(value))
        case .header: try writeHeader(value, member)
        case .headers: try writeHeaders(value, member)
        }
        return true
    }

    private mutating func writeHeader(_ value: Value, _ member: Member) throws(ShapeMismatch) {
        // The transport knows how long the body is; only HEAD has none to measure.
        if !isHead, member.wireName.utf8.count == 14, member.wireName.lowercased() == "content-length" { return }
        let shape = service[member.shape]
        if member.flags.contains(.jsonValue) {
            let json = value.string == nil ? JSON.text(value) : value.string ?? ""
            return append(member.wireName, Base64.text(json.utf8))
        }
        if case .list(let element) = shape.kind {
            guard let elements = value.list else { throw Scalars.mismatch("a list", value) }
            var texts: [String] = []
            for each in elements {
                texts.append(try RestScalars.text(each, service[element.shape], format: .rfc822))
            }
            if case .timestamp = service[element.shape].kind {
                append(member.wireName, texts.joined(separator: ", "))
            } else if !texts.isEmpty {
                append(member.wireName, HeaderLists.join(texts))
            }
            return
        }
        // S3 gives back `Expires` as it was put, a date or not.
        if case .timestamp = shape.kind, let text = value.string, TimeFormats.parseISO8601(text) == nil {
            return append(member.wireName, text)
        }
        append(member.wireName, try RestScalars.text(value, shape, format: .rfc822))
    }

    private mutating func writeHeaders(_ value: Value, _ member: Member) throws(ShapeMismatch) {
        guard let entries = value.fields else { throw Scalars.mismatch("a map", value) }
        for (name, value) in entries {
            let text = try Scalars.text(value)
            let isPlain = text.utf8.allSatisfy { $0 < 0x80 }
            // What HTTP cannot carry comes back from S3 in RFC 2047's form (S3's "User-defined object metadata").
            append(member.wireName + name, isPlain ? text : "=?UTF-8?B?\(Base64.text(text.utf8))?=")
        }
    }

    /// A header; what would end its line is a space.
    private mutating func append(_ name: String, _ value: String) {
        var value = value
        // A tab counts as one too, so each byte is judged only then.
        if value.withUTF8(PlainText.hasControls), value.utf8.contains(where: { $0 < 0x20 && $0 != 0x09 }) {
            value = String(decoding: value.utf8.map { $0 < 0x20 ? 0x20 : $0 }, as: UTF8.self)
        }
        headers.append(Header(name, value))
    }
}
