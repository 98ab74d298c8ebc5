// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import Testing

/// Answers whose body comes by and by.
@Suite struct StreamTests {
    private static let request = "GET / HTTP/1.1\r\nHost: h\r\n\r\n"

    /// What the client gets of pieces under this head, and the last action.
    private static func stream(
        _ pieces: [String], whole: Bool = true, headers: [Header] = [], request: String = request
    ) -> (text: String, ends: [String]) {
        var machine = HTTPConnection(limits: HTTPLimits())
        var output = HTTPOutput()
        var ends: [String] = []
        machine.received(Array(request.utf8).span)
        var rest = pieces[...]
        while true {
            switch machine.next(into: &output, date: Array("now".utf8)) {
            case .head:
                machine.answer(Reply(.streamed(Reply.Message(status: 200, headers: headers)), token: 7))
            case .wait where machine.waiting == .stream:
                if let piece = rest.popFirst() {
                    machine.send(Array(piece.utf8), into: &output)
                } else {
                    machine.finishStream(whole: whole, into: &output)
                }
            case .answered(let token, let bytes, let isWhole): ends.append("\(token) \(bytes) \(isWhole)")
            case .close: ends.append("close")
            case .reset: ends.append("reset")
            default: return (String(decoding: output.bytes, as: UTF8.self), ends)
            }
        }
    }

    @Test func keepsALength() {
        let (text, ends) = Self.stream(["hel", "lo", "!"], headers: [Header("Content-Length", "5")])
        #expect(text == "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nDate: now\r\n\r\nhello")
        #expect(ends == ["7 \(text.utf8.count) true"])
    }

    @Test func sendsChunksWithoutALength() {
        let (text, ends) = Self.stream(["hel", "lo"])
        #expect(
            text == "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nDate: now\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n"
        )
        #expect(ends == ["7 \(text.utf8.count) true"])
    }

    @Test func endsWithTheConnectionForOldClients() {
        let (text, ends) = Self.stream(["hello"], request: "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
        #expect(text.hasSuffix("\r\n\r\nhello"))
        #expect(!text.contains("chunked"))
        #expect(ends == ["7 \(text.utf8.count) true", "close"])
    }

    @Test(arguments: [
        ([Header("Content-Length", "9")], request, "close"), ([], request, "close"),
        ([], "GET / HTTP/1.0\r\n\r\n", "reset"),
    ])
    func showsThatItWasCut(_ headers: [Header], _ request: String, _ end: String) {
        let (text, ends) = Self.stream(["hello"], whole: false, headers: headers, request: request)
        #expect(!text.hasSuffix("0\r\n\r\n"))
        #expect(ends == ["7 \(text.utf8.count) false", end])
    }

    @Test func hasNoBodyForHead() {
        let (text, ends) = Self.stream(
            [], headers: [Header("Content-Length", "5")], request: "HEAD / HTTP/1.1\r\nHost: h\r\n\r\n")
        #expect(text == "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nDate: now\r\n\r\n")
        #expect(ends == ["7 \(text.utf8.count) true"])
    }
}
