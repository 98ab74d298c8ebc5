// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryDigest

extension ChecksumAlgorithm {
    /// The model's member for a checksum of this algorithm: `ChecksumCRC32C`.
    var member: String {
        switch self {
        case .crc32: "ChecksumCRC32"
        case .crc32c: "ChecksumCRC32C"
        case .crc64nvme: "ChecksumCRC64NVME"
        case .sha1: "ChecksumSHA1"
        case .sha256: "ChecksumSHA256"
        case .sha512: "ChecksumSHA512"
        case .md5: "ChecksumMD5"
        case .xxhash64: "ChecksumXXHASH64"
        case .xxhash3: "ChecksumXXHASH3"
        case .xxhash128: "ChecksumXXHASH128"
        }
    }
    /// Its header: `x-amz-checksum-crc32c`.
    var header: String { "x-amz-checksum-\(rawValue.lowercased())" }

    /// Whether S3 makes a multipart object's checksum of its bytes where the upload says nothing of it.
    var isWholeByDefault: Bool { self == .crc64nvme }

    /// Whether checksums of parts can be made into that of the whole, as S3 wants it for `FULL_OBJECT`.
    var canBeWhole: Bool { [.crc32, .crc32c, .crc64nvme].contains(self) }
}

/// A checksum that a request says the body has.
struct GivenChecksum: Sendable {
    let algorithm: ChecksumAlgorithm
    /// In base64.
    let value: String

    /// The checksum in a call's input; nil where there is none.
    static func read(_ call: FakeCall) throws(WireError) -> GivenChecksum? {
        return try GivenChecksum(call) { call.members.optionalText($0.member) }
    }

    /// The algorithm that a call asks for, if it is one that S3 has.
    static func algorithm(_ call: FakeCall) throws(WireError) -> ChecksumAlgorithm? {
        guard let name = call.members.optionalText("ChecksumAlgorithm") else { return nil }
        if let algorithm = ChecksumAlgorithm(rawValue: name.uppercased()) { return algorithm }
        throw call.refusal("NotImplemented", ["Header": "x-amz-checksum-algorithm"])
    }

    /// Refuses a value that is no checksum of its algorithm.
    func checkForm(_ call: FakeCall) throws(WireError) {
        guard Base64.decode(value.utf8)?.count == algorithm.byteCount else {
            throw call.invalidRequest("Value for \(algorithm.header) header is invalid.")
        }
    }

    /// Refuses a body that does not have this checksum.
    func check(_ body: ObjectBody, _ call: FakeCall) throws(WireError) {
        try checkForm(call)
        guard Base64.text(Checksum.of(body.blob, algorithm)) == value else {
            throw call.refusal(
                "BadDigest",
                message: "The \(algorithm.rawValue) you specified did not match the calculated checksum.")
        }
    }
}

extension GivenChecksum {
    /// The checksum that a call gives, of whichever algorithm; nil where it gives none.
    init?(_ call: FakeCall, value: (ChecksumAlgorithm) -> String?) throws(WireError) {
        var found: GivenChecksum?
        for algorithm in ChecksumAlgorithm.allCases {
            guard let value = value(algorithm) else { continue }
            guard found == nil else {
                throw call.invalidRequest(
                    "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.")
            }
            found = GivenChecksum(algorithm: algorithm, value: value)
        }
        guard let found else { return nil }
        self = found
    }
}

extension FakeCall {
    /// Refuses a body that is not what `Content-MD5` and this checksum, which the call gives, say.
    func checkBody(_ body: ObjectBody, _ given: GivenChecksum?) throws(WireError) {
        if let md5 = members.optionalText("ContentMD5") { try checkMD5(md5, of: body.blob) }
        if let given { return try given.check(body, self) }
        if members["ChecksumAlgorithm"] != nil { throw checksumIsMissing }
    }

    /// Refuses bytes that are not what `Content-MD5` says.
    func checkMD5(_ given: String, of body: Blob) throws(WireError) {
        guard let wanted = Base64.decode(given.utf8), wanted.count == ChecksumAlgorithm.md5.byteCount else {
            throw refusal("InvalidDigest", ["Content-MD5": .string(given)])
        }
        let md5 = Checksum.of(body, .md5)
        guard wanted == md5 else {
            throw refusal(
                "BadDigest", ["ExpectedDigest": .string(given), "CalculatedDigest": .string(Base64.text(md5))])
        }
    }

    /// An algorithm is named, and nothing of it given.
    var checksumIsMissing: WireError {
        invalidRequest(
            "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers "
                + "were found.")
    }
}

extension ObjectChecksum {
    /// The checksum of a body.
    init(of body: ObjectBody, _ algorithm: ChecksumAlgorithm) {
        self.init(algorithm: algorithm, value: Base64.text(Checksum.of(body.blob, algorithm)))
    }

    /// A checksum that a body was found to have.
    init(_ given: GivenChecksum) {
        self.init(algorithm: given.algorithm, value: given.value)
    }

    /// `COMPOSITE` or `FULL_OBJECT`.
    var type: String { isComposite ? "COMPOSITE" : "FULL_OBJECT" }

    /// The members that show it in an output.
    func show(in output: inout Fields, withType: Bool = true) {
        output[algorithm.member] = .string(value)
        if withType { output["ChecksumType"] = .string(type) }
    }
}
