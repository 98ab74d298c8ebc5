// SPDX-License-Identifier: Apache-2.0

import AwryHTTP
import Testing

@Suite struct ChunkedDecoderTests {
    private static let head = "PUT /k HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"

    @Test func joinsChunksAndKeepsTrailers() {
        let transcript = verified(
            Self.head + "4\r\nWiki\r\n6 ;a=\"b\";c\r\npedia \r\nE\r\nin \r\n\r\nchunks.\r\n0;x\r\nA: 1\r\nb:2 \r\n\r\n"
                + "GET /now HTTP/1.1\r\nHost: h\r\n\r\n")
        #expect(
            Array(transcript.lines.dropFirst()) == [
                #"body 24 ["A=1", "b=2"]"#, #"head GET /now ["Host=h"]"#, "close",
            ])
        #expect(transcript.text.contains("Wikipedia in \r\n\r\nchunks."))
    }

    @Test func takesAnEmptyBody() {
        #expect(verified(Self.head + "0\r\n\r\n").lines.dropFirst().first == "body 0 []")
        #expect(verified(Self.head + "000\r\n\r\n").lines.dropFirst().first == "body 0 []")
    }

    @Test func boundsTheBody() {
        var decoder = ChunkedDecoder(limits: HTTPLimits())
        var body: [UInt8] = []
        #expect(decoder.decode(Array("3\r\nabc\r\n3\r\nd".utf8).span, into: &body, limit: 4) == .needsMore)
        #expect(decoder.decode(Array("ef".utf8).span, into: &body, limit: 4) == .refused(.bodyTooLarge))
        #expect(body == Array("abcd".utf8))
    }

    @Test func boundsLinesAndTrailers() {
        let long = String(repeating: "x", count: 5000)
        #expect(Transcript.of([Array((Self.head + "1;" + long).utf8)[...]]).refusal == "badChunkExtension")
        let many = String(repeating: "a: b\r\n", count: 5000)
        #expect(Transcript.of([Array((Self.head + "0\r\n" + many).utf8)[...]]).refusal == "trailersTooLarge")
    }

    @Test func dropsABodyThatNobodyWants() {
        let transcript = verified(
            "PUT /now HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
                + "GET /now/2 HTTP/1.1\r\nHost: h\r\n\r\n")
        #expect(transcript.lines.last == "close")
        #expect(transcript.lines.dropFirst().first == #"head GET /now/2 ["Host=h"]"#)
    }
}
