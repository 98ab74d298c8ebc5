// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryDigest
import AwryHTTP
import AwryServices
import AwryWire

/// Checks a request's signature against the key that it names.
struct SignatureCheck {
    /// What of a request says that its body is not signed.
    private static let unsignedPayload: StaticString = "UNSIGNED-PAYLOAD"
    private static let emptyHash = Hex.digits(Digests.sha256([UInt8]()))
    private static let host = Array("host".utf8)[...]

    let head: RequestHead
    let body: CallBody
    let keys: SigningKeys
    /// Whether S3's rules hold: paths encoded once, the payload's hash in a header, all headers of AWS's own signed.
    let isS3: Bool

    /// What is wrong with the signature, thrown; the skew and the key have been looked at.
    func verify(_ parts: SignatureParts, secret: String) throws(AuthRefusal) {
        try checkSignedHeaders(parts)
        let said = head.value("x-amz-content-sha256")
        if isS3, said == nil, parts.placement == .header { throw .noPayloadHash }
        let payload = said ?? signedPayload(parts)
        let canonical = CanonicalRequest(
            encodesOnce: isS3, head: head, signedHeaders: parts.signedHeaders, payload: payload
        ).bytes
        let toSign = Self.stringToSign("AWS4-HMAC-SHA256\n", parts) { $0 += Hex.digits(Digests.sha256(canonical)) }
        let key = keys.key(secret, scope: parts.scope)
        guard Digests.areEqual(Hex.digits(key.code(of: toSign)), parts.digits) else {
            throw .wrongSignature(parts, stringToSign: toSign, canonical: canonical)
        }
        if let said { try checkPayload(said) }
        // Only where the signed head says so do the chunks have signatures.
        if let said, said.begins(with: "STREAMING-AWS4-HMAC"), let chunked = body.chunked {
            try checkChunks(chunked, parts, key)
        }
    }

    /// A string to sign: what it is, its moment and scope, a line each, and what `rest` adds.
    private static func stringToSign(
        _ kind: StaticString, _ parts: SignatureParts, _ rest: (inout [UInt8]) -> Void
    ) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(320)
        out.append(literal: kind)
        out.append(whole: parts.stampBytes)
        out.append(0x0A)
        out.append(whole: parts.scope)
        out.append(0x0A)
        rest(&out)
        return out
    }

    /// A signature must cover the host, and the token that comes beside it; S3's all of AWS's own headers.
    private func checkSignedHeaders(_ parts: SignatureParts) throws(AuthRefusal) {
        var missing: [String] = []
        if !parts.signedHeaders.contains(Self.host) { missing.append("host") }
        for field in head.fields where isS3 || parts.placement == .header {
            let name = head.bytes[field.name]
            if mustBeSigned(name), !parts.signedHeaders.contains(name) {
                missing.append(String(decoding: name, as: UTF8.self).lowercased())
            }
        }
        guard missing.isEmpty else { throw .unsignedHeaders(missing) }
    }

    private func mustBeSigned(_ name: ArraySlice<UInt8>) -> Bool {
        if isS3 { return name.count > 6 && ASCII.isSame(name.prefix(6), "x-amz-") }
        return ASCII.isSame(name, "x-amz-date") || ASCII.isSame(name, "x-amz-security-token")
    }

    /// What stands for the body where no header says it.
    private func signedPayload(_ parts: SignatureParts) -> ArraySlice<UInt8> {
        if isS3, parts.placement == .query { return Array("UNSIGNED-PAYLOAD".utf8)[...] }
        return bodyHash[...]
    }

    private var bodyHash: [UInt8] {
        guard let data = body.data, !data.isEmpty else { return Self.emptyHash }
        return Hex.digits(Checksum.of(data, .sha256))
    }

    /// What the header says of the body must be so.
    private func checkPayload(_ said: ArraySlice<UInt8>) throws(AuthRefusal) {
        if said.equals(Self.unsignedPayload) || said.begins(with: "STREAMING-") { return }
        let computed = bodyHash
        let isSame = Digests.areEqual(computed, said) || said.map { ASCII.lower($0) } == computed
        guard isSame else {
            throw .wrongPayload(
                said: String(decoding: said, as: UTF8.self), computed: String(decoding: computed, as: UTF8.self))
        }
    }

    /// Each chunk is signed over the signature before it (Amazon S3 API Reference, "Signature Calculations for the
    /// Authorization Header: Transferring Payload in Multiple Chunks"), and so are the trailers.
    private func checkChunks(
        _ chunked: AWSChunkedDecoder, _ parts: SignatureParts, _ key: KeyedSHA256
    ) throws(AuthRefusal) {
        guard let body = body.data else { return }
        var former = Array(parts.digits)
        for chunk in chunked.chunks {
            let data = body.slice(chunk.data)
            let signed = Self.stringToSign("AWS4-HMAC-SHA256-PAYLOAD\n", parts) { out in
                out += former
                out.append(0x0A)
                out += Self.emptyHash
                out.append(0x0A)
                out += Hex.digits(Checksum.of(data, .sha256))
            }
            try check(signed, chunk.signature, key)
            former = Array((chunk.signature ?? "").utf8)
        }
        guard let signature = chunked.trailerSignature else { return }
        let trailers = chunked.trailers.map { "\($0.name.lowercased()):\($0.value)\n" }.joined()
        let signed = Self.stringToSign("AWS4-HMAC-SHA256-TRAILER\n", parts) { out in
            out += former
            out.append(0x0A)
            out += Hex.digits(Digests.sha256(trailers.utf8))
        }
        try check(signed, signature, key)
    }

    private func check(_ signed: [UInt8], _ signature: String?, _ key: KeyedSHA256) throws(AuthRefusal) {
        guard Digests.areEqual(Hex.digits(key.code(of: signed)), (signature ?? "").utf8) else { throw .wrongChunk }
    }
}
