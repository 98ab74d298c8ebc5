// SPDX-License-Identifier: Apache-2.0

import AwryHTTP
import Testing

@Suite struct HeadParserTests {
    @Test func keepsOrderRepeatsAndCase() {
        let transcript = verified("GET /a%20b?x=1 HTTP/1.1\r\nHost: h\r\nX-A:  1\t \r\nx-a:\r\nX-A: 2 3\r\n\r\n")
        #expect(
            transcript.lines == [
                #"head GET /a%20b?x=1 ["Host=h", "X-A=1", "x-a=", "X-A=2 3"]"#, "body 0 []", "close",
            ])
    }

    @Test func passesOverEmptyLinesBeforeTheRequestLine() {
        #expect(verified("\r\n\r\nGET /now HTTP/1.1\r\nHost: h\r\n\r\n").lines.first == #"head GET /now ["Host=h"]"#)
    }

    @Test(arguments: [
        ("GET / HTTP/1.1", "/"), ("GET http://h/a?b HTTP/1.1", "/a"), ("GET https://h HTTP/1.1", ""),
        ("OPTIONS * HTTP/1.1", "*"), ("PUT /é HTTP/1.1", "/é"), ("M-SEARCH /x HTTP/1.7", "/x"),
    ])
    func readsEveryForm(_ line: String, _ path: String) {
        var parser = HeadParser(limits: HTTPLimits())
        guard case .head(let head, let framing, _) = parser.parse(Array("\(line)\r\nHost: h\r\n\r\n".utf8).span) else {
            Issue.record("no head")
            return
        }
        #expect(String(decoding: head.path, as: UTF8.self) == path)
        #expect(framing == Framing())
    }

    @Test func tellsWhatTheHeadTakes() {
        var parser = HeadParser(limits: HTTPLimits())
        let bytes = Array("\r\nGET /k HTTP/1.1\r\nHost: h\r\nA: b\r\n\r\nrest".utf8)
        guard case .head(let head, _, let consumed) = parser.parse(bytes.span) else {
            Issue.record("no head")
            return
        }
        #expect(consumed == bytes.count - 4)
        #expect(head.bytes == Array(bytes[2..<consumed]))
        #expect(head.target == "/k")
        #expect(head.text("a") == "b")
        #expect(head.texts("A") == ["b"])
    }

    @Test(arguments: [
        ("Content-Length: 5", "length(5)"), ("Content-Length: 5, 5", "length(5)"), ("Content-Length: 0", "none"),
        ("Content-Length: 5\r\ncontent-length: 5", "length(5)"), ("Transfer-Encoding: Chunked", "chunked"),
        ("Transfer-Encoding: , chunked ,", "chunked"), ("Content-Length: 0005", "length(5)"),
    ])
    func readsTheBodysFraming(_ headers: String, _ expected: String) {
        var parser = HeadParser(limits: HTTPLimits())
        let bytes = Array("PUT / HTTP/1.1\r\nHost: h\r\n\(headers)\r\n\r\n".utf8)
        guard case .head(_, let framing, _) = parser.parse(bytes.span) else {
            Issue.record("no head")
            return
        }
        #expect("\(framing.body)" == expected)
    }

    @Test(arguments: [
        ("HTTP/1.1", "", true), ("HTTP/1.1", "Connection: close\r\n", false), ("HTTP/1.0", "", false),
        ("HTTP/1.1", "Connection: TE, Close\r\n", false), ("HTTP/1.0", "Connection: Keep-Alive\r\n", true),
        ("HTTP/1.0", "Connection: keep-alive, close\r\n", false),
    ])
    func readsTheConnectionsFate(_ version: String, _ header: String, _ keeps: Bool) {
        var parser = HeadParser(limits: HTTPLimits())
        let bytes = Array("GET / \(version)\r\nHost: h\r\n\(header)\r\n".utf8)
        guard case .head(_, let framing, _) = parser.parse(bytes.span) else {
            Issue.record("no head")
            return
        }
        #expect(framing.keepsAlive == keeps)
    }
}
