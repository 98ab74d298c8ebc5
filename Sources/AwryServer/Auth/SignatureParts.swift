// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import AwryWire

/// What a request says of its own signature: Signature Version 4 in the `Authorization` header or in the query.
struct SignatureParts {
    let placement: Credential.Placement
    let accessKey: String
    /// The scope's day, region, service and end: `20260301`, `us-east-1`, `s3`, `aws4_request`.
    let day: String
    let region: String
    let service: String
    let end: String
    /// The names of the signed headers, as they are listed.
    let signedHeaders: [Substring]
    /// The signature in hexadecimal digits, as it came.
    let signature: String
    /// When it was made, as the request says it: `20260301T120000Z`.
    let stamp: String
    /// The same as a moment.
    let moment: Timestamp
    /// How long a presigned URL holds, in seconds.
    let lifetime: Int64?

    /// The scope that the string to sign names.
    var scope: String { "\(day)/\(region)/\(service)/\(end)" }

    /// Reads the parts; throws what is missing or in no form.
    init(_ head: RequestHead, _ placement: Credential.Placement) throws(AuthRefusal) {
        self.placement = placement
        var reader = SignatureReader(head)
        let scope: [Substring]
        if placement == .header {
            try reader.readHeader()
        } else {
            try reader.readQuery()
        }
        // An access key may itself hold slashes.
        let parts = Self.parts(of: reader.credential, at: UInt8(ascii: "/"))
        guard parts.count >= 5, !parts[0].isEmpty else { throw .malformedCredential(reader.credential) }
        scope = Array(parts.suffix(4))
        accessKey = parts.dropLast(4).joined(separator: "/")
        (day, region, service, end) = (String(scope[0]), String(scope[1]), String(scope[2]), String(scope[3]))
        signedHeaders = Self.parts(of: reader.signedHeaders, at: UInt8(ascii: ";")).filter { !$0.isEmpty }
        signature = reader.signature
        guard let moment = TimeFormats.parseISO8601(reader.stamp) ?? TimeFormats.parseRFC822(reader.stamp) else {
            throw .badDate(reader.stamp)
        }
        self.moment = moment
        // A `Date` in HTTP's form is signed over as ISO 8601's basic one.
        stamp = reader.stamp.utf8.count == 16 ? reader.stamp : TimeFormats.basic(moment)
        guard placement == .query else {
            lifetime = nil
            return
        }
        guard let lifetime = Int64(reader.expires) else { throw .badExpires("X-Amz-Expires should be a number") }
        guard lifetime >= 0 else { throw .badExpires("X-Amz-Expires must be non-negative") }
        guard lifetime <= 604_800 else {
            throw .badExpires(
                "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less "
                    + "than 604800 seconds")
        }
        self.lifetime = lifetime
    }

    /// What stands between separators, in one walk: `split` of a text's bytes costs four times as much.
    private static func parts(of text: String, at separator: UInt8) -> [Substring] {
        var parts: [Substring] = []
        parts.reserveCapacity(8)
        var start = text.startIndex
        for index in text.utf8.indices where text.utf8[index] == separator {
            parts.append(text[start..<index])
            start = text.utf8.index(after: index)
        }
        parts.append(text[start...])
        return parts
    }
}

/// Takes the parts of a signature from where they stand.
private struct SignatureReader {
    private let head: RequestHead
    private(set) var credential = ""
    private(set) var signedHeaders = ""
    private(set) var signature = ""
    private(set) var stamp = ""
    private(set) var expires = ""

    init(_ head: RequestHead) {
        self.head = head
    }

    mutating func readHeader() throws(AuthRefusal) {
        let text = head.value("authorization") ?? []
        guard let space = text.firstIndex(of: UInt8(ascii: " ")) else {
            throw .incomplete(["Credential", "Signature", "SignedHeaders"])
        }
        guard text[..<space].equals("AWS4-HMAC-SHA256") else {
            throw .otherMechanism(String(decoding: text[..<space], as: UTF8.self))
        }
        for part in text[space...].split(separator: UInt8(ascii: ",")) {
            let part = part.drop { $0 == 0x20 }
            guard let equals = part.firstIndex(of: UInt8(ascii: "=")) else { continue }
            let value = String(decoding: part[(equals + 1)...].prefix { $0 != 0x20 }, as: UTF8.self)
            if part.begins(with: "Credential=") { credential = value }
            if part.begins(with: "SignedHeaders=") { signedHeaders = value }
            if part.begins(with: "Signature=") { signature = value }
        }
        let parts = [("Credential", credential), ("Signature", signature), ("SignedHeaders", signedHeaders)]
        let missing = parts.filter(\.1.isEmpty).map(\.0)
        guard missing.isEmpty else { throw .incomplete(missing) }
        guard let date = head.text("x-amz-date") ?? head.text("date"), !date.isEmpty else { throw .noDate }
        stamp = date
    }

    mutating func readQuery() throws(AuthRefusal) {
        var found: [String: String] = [:]
        for item in (head.query ?? []).split(separator: UInt8(ascii: "&")) {
            let equals = item.firstIndex(of: UInt8(ascii: "=")) ?? item.endIndex
            let name = PercentCoding.lenientText(item[..<equals], plusIsSpace: true)
            guard name.hasPrefix("X-Amz-"), found[name] == nil else { continue }
            found[name] = PercentCoding.lenientText(item[equals...].dropFirst(), plusIsSpace: true)
        }
        guard let algorithm = found["X-Amz-Algorithm"], let credential = found["X-Amz-Credential"],
            let signature = found["X-Amz-Signature"], let date = found["X-Amz-Date"],
            let signedHeaders = found["X-Amz-SignedHeaders"]
        else { throw .incompleteQuery }
        guard algorithm == "AWS4-HMAC-SHA256" else { throw .otherAlgorithm }
        (self.credential, self.signature, self.signedHeaders) = (credential, signature, signedHeaders)
        stamp = date
        guard let expires = found["X-Amz-Expires"] else { throw .incompleteQuery }
        self.expires = expires
    }
}
