// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import Testing

@Suite struct ResponseEncoderTests {
    private static let date = "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n"

    private func encode(_ message: Reply.Message, _ encoder: ResponseEncoder = ResponseEncoder()) -> (String, Bool) {
        var output = HTTPOutput()
        let stays = encoder.append(message, date: HTTPDate.bytes(secondsSince1970: 784_111_777), to: &output)
        return (String(decoding: output.bytes + output.body, as: UTF8.self), stays)
    }

    @Test func addsWhatIsMissing() {
        let (text, stays) = encode(Reply.Message(status: 404, headers: [Header("X-A", "b")], body: Array("no".utf8)))
        #expect(text == "HTTP/1.1 404 Not Found\r\nX-A: b\r\nContent-Length: 2\r\n\(Self.date)\r\nno")
        #expect(stays)
    }

    @Test func leavesOutWhatIsOmitted() {
        let (text, stays) = encode(
            Reply.Message(status: 200, reason: "Fine", body: [0x61], omitted: ["content-length", "date", "connection"]))
        #expect(text == "HTTP/1.1 200 Fine\r\n\r\na")
        #expect(!stays, "only the connection's end tells where this body ends")
    }

    @Test func takesTheMessagesOwnHeaders() {
        let headers = [Header("content-length", "1"), Header("DATE", "today"), Header("connection", "Keep-Alive")]
        let (text, stays) = encode(Reply.Message(status: 200, headers: headers, body: [0x61]))
        #expect(text == "HTTP/1.1 200 OK\r\ncontent-length: 1\r\nDATE: today\r\nconnection: Keep-Alive\r\n\r\na")
        #expect(stays)
    }

    @Test(arguments: ["2", "0", "x", "-1"])
    func closesAfterAWrongLength(_ length: String) {
        #expect(!encode(Reply.Message(status: 200, headers: [Header("Content-Length", length)], body: [0x61])).1)
    }

    @Test func closesWhenAsked() {
        #expect(
            encode(Reply.Message(status: 200), ResponseEncoder(keepsAlive: false)).0.contains("Connection: close\r\n"))
        let (text, stays) = encode(Reply.Message(status: 200, headers: [Header("Connection", "close")]))
        #expect(text.components(of: "close") == 1)
        #expect(!stays)
    }

    @Test func tellsOldClientsThatItStays() {
        #expect(
            encode(Reply.Message(status: 200), ResponseEncoder(minorVersion: 0)).0.contains("Connection: keep-alive"))
    }

    @Test func sendsNoBodyToHead() {
        let (text, stays) = encode(Reply.Message(status: 200, body: [1, 2, 3]), ResponseEncoder(isHead: true))
        #expect(text == "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\(Self.date)\r\n")
        #expect(stays)
        let size = Reply.Message(status: 200, headers: [Header("Content-Length", "99")])
        #expect(encode(size, ResponseEncoder(isHead: true)).1)
    }

    @Test(arguments: [(204, "No Content"), (304, "Not Modified")])
    func sendsNoBodyWithTheseStatuses(_ status: Int, _ reason: String) {
        let (text, stays) = encode(Reply.Message(status: status, body: [1]))
        #expect(text == "HTTP/1.1 \(status) \(reason)\r\n\(Self.date)\r\n")
        #expect(stays)
    }

    @Test func sendsChunksIfTheMessageSaysSo() {
        let message = Reply.Message(
            status: 200, headers: [Header("Transfer-Encoding", "chunked")], body: Array("0123456789abcdef!".utf8))
        let (text, stays) = encode(message)
        #expect(
            text
                == "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\(Self.date)\r\n"
                + "11\r\n0123456789abcdef!\r\n0\r\n\r\n"
        )
        #expect(stays)
    }

    @Test func sendsOldClientsNoChunks() {
        let message = Reply.Message(status: 200, headers: [Header("Transfer-Encoding", "chunked")], body: [0x61])
        let (text, stays) = encode(message, ResponseEncoder(minorVersion: 0))
        #expect(!text.contains("Transfer-Encoding"))
        #expect(text.hasSuffix("\r\n\r\na"))
        #expect(!stays)
    }

    @Test func letsNoValueEndItsLine() {
        let (text, _) = encode(
            Reply.Message(status: 200, reason: "a\r\nb", headers: [Header("A\r\nB", "c\r\nSet-Cookie: d\0")]))
        #expect(text.hasPrefix("HTTP/1.1 200 a  b\r\nA  B: c  Set-Cookie: d \r\n"))
    }

    @Test func doesNotCopyLargeBodies() {
        var output = HTTPOutput()
        let body = [UInt8](repeating: 1, count: 100_000)
        _ = ResponseEncoder().append(Reply.Message(status: 200, body: body), date: [], to: &output)
        #expect(output.bytes.count < 200)
        #expect(output.body.count == 100_000)
    }
}

extension String {
    fileprivate func components(of text: String) -> Int { ranges(of: text).count }
}
