// SPDX-License-Identifier: Apache-2.0

import AwryHTTP
import Testing

@Suite struct RefusalTests {
    private static let small = HTTPLimits(headBytes: 256, requestLineBytes: 64, headerCount: 4, bodyBytes: 1 << 30)

    private static let fiveTrailers = String(repeating: "A: 1\r\n", count: 5)

    /// What is sent, `{H}` standing for a sound Host line, and what is refused in it.
    static let table: [(String, Refusal)] = [
        ("GET / HTTP/1.1\nHost: h\r\n\r\n", .bareLineFeed),
        ("\nGET / HTTP/1.1\r\n{H}\r\n", .bareLineFeed),
        ("GET / HTTP/1.1\r\n{H}A: b\n\r\n", .bareLineFeed),
        ("GET / HTTP/1.1\rX\r\n{H}\r\n", .bareCarriageReturn),
        ("GET /\r HTTP/1.1\r\n{H}\r\n", .bareCarriageReturn),
        ("GET / HTTP/1.1\r\n{H}A: b\rc\r\n\r\n", .bareCarriageReturn),
        ("GET / HTTP/1.1\r\n{H}A\r: b\r\n\r\n", .bareCarriageReturn),
        ("GET\r\n{H}\r\n", .badRequestLine),
        ("GET /\r\n{H}\r\n", .badRequestLine),
        ("GET / HTTP/1.1 x\r\n{H}\r\n", .badRequestLine),
        ("\u{16}\u{03}\u{01}", .badMethod),
        (" GET / HTTP/1.1\r\n{H}\r\n", .badMethod),
        ("G[T / HTTP/1.1\r\n{H}\r\n", .badMethod),
        ("ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGH / HTTP/1.1\r\n{H}\r\n", .unknownMethod),
        ("connect h:443 HTTP/1.1\r\n{H}\r\n", .unknownMethod),
        ("GET  HTTP/1.1\r\n{H}\r\n", .badTarget),
        ("GET x HTTP/1.1\r\n{H}\r\n", .badTarget),
        ("GET * HTTP/1.1\r\n{H}\r\n", .badTarget),
        ("GET /\u{01} HTTP/1.1\r\n{H}\r\n", .badTarget),
        ("GET /\(String(repeating: "a", count: 60)) HTTP/1.1\r\n{H}\r\n", .targetTooLong),
        ("GET / HTTP/11\r\n{H}\r\n", .badVersion),
        ("GET / http/1.1\r\n{H}\r\n", .badVersion),
        ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", .unsupportedVersion),
        ("GET / HTTP/1.1\r\n{H}A: b\r\n c\r\n\r\n", .foldedHeader),
        ("GET / HTTP/1.1\r\n Host: h\r\n\r\n", .foldedHeader),
        ("GET / HTTP/1.1\r\n{H}A : b\r\n\r\n", .spaceBeforeColon),
        ("GET / HTTP/1.1\r\n{H}A b\r\n\r\n", .badHeaderName),
        ("GET / HTTP/1.1\r\n{H}: b\r\nA\r\n\r\n", .badHeaderName),
        ("GET / HTTP/1.1\r\n{H}:b\r\n:b\r\n\r\n", .badHeaderName),
        ("GET / HTTP/1.1\r\n{H}A: b\u{0}c\r\n\r\n", .badHeaderValue),
        ("GET / HTTP/1.1\r\n{H}A: b\u{7F}c\r\n\r\n", .badHeaderValue),
        ("GET / HTTP/1.1\r\n{H}A: \(String(repeating: "a", count: 300))\r\n\r\n", .headTooLarge),
        ("GET / HTTP/1.1\r\n{H}A:1\r\nA:2\r\nA:3\r\nA:4\r\n\r\n", .tooManyHeaders),
        ("GET / HTTP/1.1\r\n\r\n", .missingHost),
        ("GET / HTTP/1.1\r\n{H}Host: i\r\n\r\n", .badHost),
        ("GET / HTTP/1.1\r\nHost: a b\r\n\r\n", .badHost),
        ("PUT / HTTP/1.1\r\n{H}Content-Length: -1\r\n\r\n", .badContentLength),
        ("PUT / HTTP/1.1\r\n{H}Content-Length: 1x\r\n\r\n", .badContentLength),
        ("PUT / HTTP/1.1\r\n{H}Content-Length:\r\n\r\n", .badContentLength),
        ("PUT / HTTP/1.1\r\n{H}Content-Length: 5,\r\n\r\n", .badContentLength),
        ("PUT / HTTP/1.1\r\n{H}Content-Length: 5, 6\r\n\r\n", .conflictingContentLength),
        ("PUT / HTTP/1.1\r\n{H}Content-Length: 5\r\nContent-Length: 6\r\n\r\n", .conflictingContentLength),
        ("PUT / HTTP/1.1\r\n{H}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n", .lengthAndCoding),
        ("PUT / HTTP/1.1\r\n{H}Transfer-Encoding: gzip\r\n\r\n", .badTransferEncoding),
        ("PUT / HTTP/1.1\r\n{H}Transfer-Encoding: chunked, gzip\r\n\r\n", .badTransferEncoding),
        ("PUT / HTTP/1.1\r\n{H}Transfer-Encoding: chunked, chunked\r\n\r\n", .badTransferEncoding),
        ("PUT / HTTP/1.1\r\n{H}Transfer-Encoding:\r\n\r\n", .badTransferEncoding),
        ("PUT / HTTP/1.0\r\n{H}Transfer-Encoding: chunked\r\n\r\n", .codingInOldVersion),
        ("PUT / HTTP/1.1\r\n{H}Transfer-Encoding: gzip, chunked\r\n\r\n", .unknownTransferEncoding),
        ("PUT / HTTP/1.1\r\n{H}Expect: a pony\r\n\r\n", .unknownExpectation),
        ("PUT / HTTP/1.1\r\n{H}Transfer-Encoding: chunked\r\n\r\nx\r\n", .badChunkSize),
        ("PUT / HTTP/1.1\r\n{H}Transfer-Encoding: chunked\r\n\r\n5 x\r\n", .badChunkSize),
        ("PUT / HTTP/1.1\r\n{H}Transfer-Encoding: chunked\r\n\r\n\r\n", .badChunkSize),
        ("PUT / HTTP/1.1\r\n{H}Transfer-Encoding: chunked\r\n\r\n-1\r\n", .badChunkSize),
        ("PUT / HTTP/1.1\r\n{H}Transfer-Encoding: chunked\r\n\r\n5;a\u{1}\r\n", .badChunkExtension),
        ("PUT / HTTP/1.1\r\n{H}Transfer-Encoding: chunked\r\n\r\n1\r\nabc", .badChunkEnd),
        ("PUT / HTTP/1.1\r\n{H}Transfer-Encoding: chunked\r\n\r\n1\nabc", .bareLineFeed),
        ("PUT / HTTP/1.1\r\n{H}Transfer-Encoding: chunked\r\n\r\n1\rabc", .bareCarriageReturn),
        ("PUT / HTTP/1.1\r\n{H}Transfer-Encoding: chunked\r\n\r\n0\r\n\(fiveTrailers)\r\n", .trailersTooLarge),
        ("PUT / HTTP/1.1\r\n{H}Transfer-Encoding: chunked\r\n\r\n0\r\n A:1\r\n\r\n", .foldedHeader),
        ("PUT / HTTP/1.1\r\n{H}Transfer-Encoding: chunked\r\n\r\n1000000000000000\r\n", .bodyTooLarge),
        ("PUT / HTTP/1.1\r\n{H}Content-Length: 1048577\r\n\r\n", .bodyTooLarge),
        ("PUT / HTTP/1.1\r\n{H}Content-Length: 99999999999999999999999999\r\n\r\n", .bodyTooLarge),
    ]

    @Test(arguments: table)
    func refuses(_ sent: String, _ expected: Refusal) {
        let text = sent.replacing("{H}", with: "Host: h\r\n")
        let transcript = verified(text, limits: Self.small)
        #expect(transcript.refusal == expected.rawValue)
        #expect(transcript.lines.last == "close")
        #expect(transcript.text.contains("HTTP/1.1 \(expected.status) "))
        #expect(transcript.text.contains("Connection: close\r\n"))
        #expect(transcript.text.hasSuffix("\(expected.status) \(expected.rawValue): \(expected.message)\n"))
    }

    @Test func everyRefusalIsInTheTable() {
        // Time-outs and full disks are events, not bytes.
        let tried = Set(Self.table.map(\.1)).union([.headTimeout, .bodyTimeout, .noRoom])
        #expect(Refusal.allCases.filter { !tried.contains($0) } == [])
    }

    @Test func refusesWhatComesAfterASoundRequest() {
        let transcript = verified(
            "GET /now HTTP/1.1\r\nHost: h\r\n\r\nGET /\r\n\r\nGET /now HTTP/1.1\r\nHost: h\r\n\r\n")
        #expect(transcript.lines == [#"head GET /now ["Host=h"]"#, "refused badRequestLine", "close"])
    }
}
