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
    private static let emptyHash = Hex.text(Digests.sha256([UInt8]()))

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
        var toSign = Array("AWS4-HMAC-SHA256\n\(parts.stamp)\n\(parts.scope)\n".utf8)
        toSign += Hex.text(Digests.sha256(canonical)).utf8
        let key = keys.key(secret, parts)
        let wanted = Hex.text(Digests.hmacSHA256(key: key, toSign))
        guard Digests.areEqual(wanted.utf8, parts.signature.utf8) else {
            throw .wrongSignature(parts, stringToSign: toSign, canonical: canonical)
        }
        if let said { try checkPayload(said) }
        // Only where the signed head says so do the chunks have signatures.
        if let said, said.begins(with: "STREAMING-AWS4-HMAC"), let chunked = body.chunked {
            try checkChunks(chunked, parts, key)
        }
    }

    /// A signature must cover the host, and the token that comes beside it; S3's all of AWS's own headers.
    private func checkSignedHeaders(_ parts: SignatureParts) throws(AuthRefusal) {
        var missing: [String] = []
        if !parts.signedHeaders.contains("host") { missing.append("host") }
        for field in head.fields where isS3 || parts.placement == .header {
            let name = head.bytes[field.name]
            guard name.count > 6, ASCII.lower(name[name.startIndex]) == UInt8(ascii: "x") else { continue }
            let text = String(decoding: name, as: UTF8.self).lowercased()
            let mustBeSigned = isS3 ? text.hasPrefix("x-amz-") : text == "x-amz-date" || text == "x-amz-security-token"
            if mustBeSigned, !parts.signedHeaders.contains(text[...]) { missing.append(text) }
        }
        guard missing.isEmpty else { throw .unsignedHeaders(missing) }
    }

    /// What stands for the body where no header says it.
    private func signedPayload(_ parts: SignatureParts) -> ArraySlice<UInt8> {
        if isS3, parts.placement == .query { return Array("UNSIGNED-PAYLOAD".utf8)[...] }
        return Array(bodyHash.utf8)[...]
    }

    private var bodyHash: String {
        guard let data = body.data, !data.isEmpty else { return Self.emptyHash }
        return Hex.text(Checksum.of(data, .sha256))
    }

    /// What the header says of the body must be so.
    private func checkPayload(_ said: ArraySlice<UInt8>) throws(AuthRefusal) {
        if said.equals(Self.unsignedPayload) || said.begins(with: "STREAMING-") { return }
        let computed = bodyHash
        let text = String(decoding: said, as: UTF8.self)
        if computed != text.lowercased() { throw .wrongPayload(said: text, computed: computed) }
    }

    /// Each chunk is signed over the signature before it (Amazon S3 API Reference, "Signature Calculations for the
    /// Authorization Header: Transferring Payload in Multiple Chunks"), and so are the trailers.
    private func checkChunks(
        _ chunked: AWSChunkedDecoder, _ parts: SignatureParts, _ key: [UInt8]
    ) throws(AuthRefusal) {
        guard let body = body.data else { return }
        var former = parts.signature
        for chunk in chunked.chunks {
            let data = body.slice(chunk.data)
            let signed =
                "AWS4-HMAC-SHA256-PAYLOAD\n\(parts.stamp)\n\(parts.scope)\n\(former)\n\(Self.emptyHash)\n"
                + Hex.text(Checksum.of(data, .sha256))
            try check(signed, chunk.signature, key)
            former = chunk.signature ?? ""
        }
        guard let signature = chunked.trailerSignature else { return }
        let trailers = chunked.trailers.map { "\($0.name.lowercased()):\($0.value)\n" }.joined()
        let signed =
            "AWS4-HMAC-SHA256-TRAILER\n\(parts.stamp)\n\(parts.scope)\n\(former)\n"
            + Hex.text(Digests.sha256(trailers.utf8))
        try check(signed, signature, key)
    }

    private func check(_ signed: String, _ signature: String?, _ key: [UInt8]) throws(AuthRefusal) {
        let wanted = Hex.text(Digests.hmacSHA256(key: key, signed.utf8))
        guard Digests.areEqual(wanted.utf8, (signature ?? "").utf8) else { throw .wrongChunk }
    }
}
