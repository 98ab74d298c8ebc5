// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import Testing

/// The shapes are those of the Amazon S3 API Reference's examples of streaming uploads.
@Suite struct AWSChunkedDecoderTests {
    private static let first = String(repeating: "a", count: 64)
    private static let second = String(repeating: "b", count: 64)
    private static let third = String(repeating: "c", count: 64)

    private static let signed =
        "5;chunk-signature=\(first)\r\nhello\r\n6;chunk-signature=\(second)\r\n world\r\n"
        + "0;chunk-signature=\(third)\r\n\r\n"
    private static let signedTrailer =
        "5;chunk-signature=\(first)\r\nhello\r\n0;chunk-signature=\(second)\r\n"
        + "x-amz-checksum-crc32c:sOO8/Q==\r\nx-amz-trailer-signature:\(third)\r\n\r\n"
    private static let unsignedTrailer = "5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n"

    /// Whole in place, whole, in every two pieces and byte by byte.
    private func decode(
        _ text: String, _ mode: AWSChunkedMode, length: Int? = nil
    ) -> (AWSChunkedDecoder, String, AWSChunkedDecoder.Mistake?) {
        let bytes = Array(text.utf8)
        var body = bytes
        let (decoder, mistake) = AWSChunkedDecoder.decode(&body, mode: mode, decodedLength: length)
        var ways = bytes.indices.map { [bytes[..<$0], bytes[$0...]] }
        ways.append(bytes.indices.map { bytes[$0...$0] })
        for pieces in ways {
            var other = AWSChunkedDecoder(mode: mode)
            var out: [UInt8] = []
            var failure: AWSChunkedDecoder.Mistake?
            do throws(AWSChunkedDecoder.Mistake) {
                for piece in pieces { try other.take(Array(piece).span, into: &out) }
                try other.finish(decodedLength: length)
            } catch {
                failure = error
            }
            #expect(failure == mistake)
            #expect(out == body)
            #expect(other.trailers == decoder.trailers)
            #expect(other.chunks.map(\.signature) == decoder.chunks.map(\.signature))
        }
        return (decoder, String(decoding: body, as: UTF8.self), mistake)
    }

    @Test func keepsEachSignatureWithItsData() {
        let (decoder, body, mistake) = decode(Self.signed, .signed, length: 11)
        #expect(mistake == nil)
        #expect(body == "hello world")
        #expect(decoder.chunks.map(\.data) == [0..<5, 5..<11, 11..<11])
        #expect(decoder.chunks.map(\.signature) == [Self.first, Self.second, Self.third])
    }

    @Test func readsSignedTrailers() {
        let (decoder, body, mistake) = decode(Self.signedTrailer, .signedTrailer, length: 5)
        #expect(mistake == nil)
        #expect(body == "hello")
        #expect(decoder.trailers == [Header("x-amz-checksum-crc32c", "sOO8/Q==")])
        #expect(decoder.trailerSignature == Self.third)
    }

    @Test func readsUnsignedTrailers() {
        let (decoder, body, mistake) = decode(Self.unsignedTrailer, .unsignedTrailer, length: 5)
        #expect(mistake == nil)
        #expect(body == "hello")
        #expect(decoder.trailers == [Header("x-amz-checksum-crc32", "NhCmhg==")])
        #expect(decoder.chunks.map(\.signature) == [nil, nil])
    }

    @Test func takesLineFeedsInTrailers() {
        let (decoder, _, mistake) = decode("1\r\na\r\n0\r\nx-amz-checksum-crc32:A\n\r\n", .unsignedTrailer)
        #expect(mistake == nil)
        #expect(decoder.trailers == [Header("x-amz-checksum-crc32", "A")])
    }

    @Test(arguments: [
        ("", AWSChunkedMode.plain, AWSChunkedDecoder.Mistake.incomplete),
        ("5\r\nhel", .plain, .incomplete),
        ("5\r\nhello\r\n0\r\n", .plain, .incomplete),
        ("5\r\nhello", .plain, .incomplete),
        ("x\r\n", .plain, .badSize),
        ("\r\n", .plain, .badSize),
        ("5 \r\n", .plain, .badSize),
        ("1234567890abcdef\r\n", .plain, .badSize),
        ("5\nhello", .plain, .badLine),
        ("5\r\nhelloX", .plain, .badDataEnd),
        ("5\r\nhello\rX", .plain, .badDataEnd),
        ("0\r\nnonsense\r\n\r\n", .unsignedTrailer, .badTrailer),
        ("0\r\n\r\nX", .plain, .surplus),
        ("5\r\nhello\r\n0\r\n\r\n", .signed, .missingSignature(chunk: 0)),
        ("0;chunk-signature=a\r\n\r\n", .signedTrailer, .missingSignature(chunk: 1)),
        ("2\r\nab\r\n0\r\n\r\n", .plain, .wrongLength(expected: 5, got: 2)),
    ])
    func tellsMistakes(_ text: String, _ mode: AWSChunkedMode, _ expected: AWSChunkedDecoder.Mistake) {
        #expect(decode(text, mode, length: 5).2 == expected)
    }

    @Test func chunksOfABrokenBodyStayInsideIt() {
        var body = Array("ffffffff\r\nabc".utf8)
        let (decoder, mistake) = AWSChunkedDecoder.decode(&body, mode: .plain, decodedLength: nil)
        #expect(mistake == .incomplete)
        #expect(decoder.chunks.map(\.data) == [0..<3])
    }

    @Test(arguments: [
        ("x-amz-content-sha256: STREAMING-AWS4-HMAC-SHA256-PAYLOAD", AWSChunkedMode.signed as AWSChunkedMode?),
        ("x-amz-content-sha256: STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER", .signedTrailer),
        ("X-Amz-Content-Sha256: STREAMING-UNSIGNED-PAYLOAD-TRAILER", .unsignedTrailer),
        ("Content-Encoding: gzip, aws-chunked", .plain), ("Content-Encoding: gzip", nil), ("A: aws-chunked", nil),
        ("x-amz-content-sha256: UNSIGNED-PAYLOAD", nil),
    ])
    func isAnnounced(_ header: String, _ expected: AWSChunkedMode?) {
        var parser = HeadParser(limits: HTTPLimits())
        let bytes = Array("PUT / HTTP/1.1\r\nHost: h\r\n\(header)\r\n\r\n".utf8)
        guard case .head(let head, _, _) = parser.parse(bytes.span) else {
            Issue.record("no head")
            return
        }
        #expect(AWSChunkedMode(head) == expected)
    }
}
