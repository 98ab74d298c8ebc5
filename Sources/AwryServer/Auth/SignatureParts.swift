// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import AwryWire

/// What a request says of its own signature: Signature Version 4 in the `Authorization` header or in the query.
///
/// Slices of the bytes as they came, or of a query's, decoded: texts are made for those alone who are refused.
struct SignatureParts {
    let placement: Credential.Placement
    let accessKeyBytes: ArraySlice<UInt8>
    /// The scope that the string to sign names: `20260301/us-east-1/s3/aws4_request`.
    let scope: ArraySlice<UInt8>
    /// The scope's day, region, service and end, which are short enough to need no memory as texts.
    let day: String
    let region: String
    let service: String
    let end: String
    /// The names of the signed headers.
    let signedHeaders: SignedHeaders
    /// The signature in hexadecimal digits, as it came.
    let digits: ArraySlice<UInt8>
    /// When it was made, as it is signed over: `20260301T120000Z`.
    let stampBytes: ArraySlice<UInt8>
    /// The same as a moment.
    let moment: Timestamp
    /// How long a presigned URL holds, in seconds.
    let lifetime: Int64?

    /// The texts of them.
    var accessKey: String { String(decoding: accessKeyBytes, as: UTF8.self) }
    var signature: String { String(decoding: digits, as: UTF8.self) }
    var stamp: String { String(decoding: stampBytes, as: UTF8.self) }

    /// Reads the parts; throws what is missing or in no form.
    init(_ head: RequestHead, _ placement: Credential.Placement) throws(AuthRefusal) {
        self.placement = placement
        var reader = SignatureReader(head)
        if placement == .header {
            try reader.readHeader()
        } else {
            try reader.readQuery()
        }
        // An access key may itself hold slashes.
        var rest = reader.credential
        guard let end = rest.cutLast("/"), let service = rest.cutLast("/"), let region = rest.cutLast("/"),
            let day = rest.cutLast("/"), !rest.isEmpty, !rest.begins(with: "/")
        else { throw .malformedCredential(String(decoding: reader.credential, as: UTF8.self)) }
        accessKeyBytes = rest
        scope = reader.credential[day.startIndex...]
        self.day = String(decoding: day, as: UTF8.self)
        self.region = String(decoding: region, as: UTF8.self)
        self.service = String(decoding: service, as: UTF8.self)
        self.end = String(decoding: end, as: UTF8.self)
        signedHeaders = SignedHeaders(reader.signedHeaders)
        digits = reader.signature
        guard let moment = Self.moment(reader.stamp) else {
            throw .badDate(String(decoding: reader.stamp, as: UTF8.self))
        }
        self.moment = moment
        // A `Date` in HTTP's form is signed over as ISO 8601's basic one.
        stampBytes = reader.stamp.count == 16 ? reader.stamp : Array(TimeFormats.basic(moment).utf8)[...]
        lifetime = placement == .query ? try Self.lifetime(reader.expires) : nil
    }

    private static func moment(_ stamp: ArraySlice<UInt8>) -> Timestamp? {
        TimeFormats.parseISO8601(stamp) ?? TimeFormats.parseRFC822(String(decoding: stamp, as: UTF8.self))
    }

    private static func lifetime(_ text: String) throws(AuthRefusal) -> Int64 {
        guard let lifetime = Int64(text) else { throw .badExpires("X-Amz-Expires should be a number") }
        guard lifetime >= 0 else { throw .badExpires("X-Amz-Expires must be non-negative") }
        guard lifetime <= 604_800 else {
            throw .badExpires(
                "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less "
                    + "than 604800 seconds")
        }
        return lifetime
    }
}

/// Takes the parts of a signature from where they stand.
private struct SignatureReader {
    private let head: RequestHead
    private(set) var credential: ArraySlice<UInt8> = []
    private(set) var signedHeaders: ArraySlice<UInt8> = []
    private(set) var signature: ArraySlice<UInt8> = []
    private(set) var stamp: ArraySlice<UInt8> = []
    private(set) var expires = ""

    init(_ head: RequestHead) {
        self.head = head
    }

    mutating func readHeader() throws(AuthRefusal) {
        let text = head.value("authorization") ?? []
        guard let space = text.position(of: " ") else {
            throw .incomplete(["Credential", "Signature", "SignedHeaders"])
        }
        guard text[..<space].equals("AWS4-HMAC-SHA256") else {
            throw .otherMechanism(String(decoding: text[..<space], as: UTF8.self))
        }
        var rest = text[space...]
        while !rest.isEmpty {
            let end = rest.position(of: ",") ?? rest.endIndex
            take(rest[..<end])
            rest = rest[end...].dropFirst()
        }
        if credential.isEmpty || signature.isEmpty || signedHeaders.isEmpty { throw .incomplete(missing) }
        guard let date = head.value("x-amz-date") ?? head.value("date"), !date.isEmpty else { throw .noDate }
        stamp = date
    }

    private var missing: [String] {
        let parts = [("Credential", credential), ("Signature", signature), ("SignedHeaders", signedHeaders)]
        return parts.filter { $0.1.isEmpty }.map { $0.0 }
    }

    /// Takes one of the header's parts, ` SignedHeaders=host;x-amz-date`.
    private mutating func take(_ part: ArraySlice<UInt8>) {
        let part = part.drop { $0 == 0x20 }
        guard let equals = part.position(of: "=") else { return }
        let rest = part[(equals + 1)...]
        let value = rest[..<(rest.position(of: " ") ?? rest.endIndex)]
        if part.begins(with: "Credential=") { credential = value }
        if part.begins(with: "SignedHeaders=") { signedHeaders = value }
        if part.begins(with: "Signature=") { signature = value }
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
        self.credential = Array(credential.utf8)[...]
        self.signedHeaders = Array(signedHeaders.utf8)[...]
        self.signature = Array(signature.utf8)[...]
        stamp = Array(date.utf8)[...]
        guard let expires = found["X-Amz-Expires"] else { throw .incompleteQuery }
        self.expires = expires
    }
}
