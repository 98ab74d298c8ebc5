// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import Testing

@Suite struct ForwardTests {
    private final class Deaf: ForwardReceiver {
        func answered(_ head: ResponseHead) -> ForwardDecision { .collect(limit: 0) }
        func collected(_ head: ResponseHead, body: [UInt8]) -> Reply { Reply(.bytes([], close: true)) }
        func failed(_ failure: ForwardFailure) -> Reply { Reply(.bytes([], close: true)) }
        func passed(_ bytes: [UInt8]) {}
        func ended(whole: Bool) {}
    }

    private static func head(_ text: String, pathStart: Int = 0, body: String = "") -> String {
        var parser = HeadParser(limits: HTTPLimits())
        guard case .head(let head, _, _) = parser.parse(Array(text.utf8).span) else { return "no head" }
        let forward = Forward(head, pathStart: pathStart, body: Blob(utf8: body), receiver: Deaf())
        return String(decoding: forward.head, as: UTF8.self)
    }

    @Test func keepsWhatSignaturesCover() {
        let text = "PUT /a%20b/?x=1&y HTTP/1.1\r\nHost: B.h:1\r\nX-A: 1\r\nx-a: 2\r\nContent-Length: 2\r\n\r\n"
        #expect(Self.head(text, body: "ab") == text)
    }

    @Test func leavesOutWhatConcernsTheConnection() {
        let hop = "Connection: X-Hop\r\nX-Hop: 1\r\nTE: trailers\r\nProxy-Authorization: secret\r\n"
        let text = "POST /p HTTP/1.1\r\nHost: h\r\n\(hop)Expect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n"
        #expect(Self.head(text, body: "abc") == "POST /p HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\n")
    }

    @Test(arguments: [
        ("/_sandbox/a/b?c", 11, "/b?c"), ("/_sandbox/a", 11, "/"), ("http://h/x?y", 0, "/x?y"), ("/", 0, "/"),
    ])
    func leavesOutTheSandboxsPrefix(_ target: String, _ start: Int, _ expected: String) {
        let head = Self.head("GET \(target) HTTP/1.1\r\nHost: h\r\n\r\n", pathStart: start)
        #expect(head == "GET \(expected) HTTP/1.1\r\nHost: h\r\n\r\n")
    }
}
