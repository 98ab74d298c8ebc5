// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import Testing

@Suite struct ResponseReaderTests {
    private struct Read: Equatable {
        var head: ResponseHead?
        var body = ""
        var consumed = 0
        var isDone = false
        var keepsAlive = false
        var mistake: ResponseMistake?
    }

    /// Reads a text in pieces of this size; `ends`: the connection does, after it.
    private static func read(_ text: String, pieces: Int, toHead: Bool = false, ends: Bool = false) -> Read {
        let bytes = Array(text.utf8)
        var reader = ResponseReader(toHead: toHead, limits: HTTPLimits(headBytes: 200, headerCount: 4))
        var read = Read()
        var body: [UInt8] = []
        do throws(ResponseMistake) {
            while read.consumed < bytes.count, !reader.isDone {
                let end = min(bytes.count, read.consumed + pieces)
                read.consumed += try reader.take(bytes.span.extracting(read.consumed..<end), into: &body)
            }
            if ends { try reader.ended() }
        } catch {
            read.mistake = error
            read.consumed = 0
        }
        read.head = reader.head
        read.body = String(decoding: body, as: UTF8.self)
        read.isDone = reader.isDone
        read.keepsAlive = reader.keepsAlive
        return read
    }

    /// The same whatever the pieces.
    private static func verified(_ text: String, toHead: Bool = false, ends: Bool = false) -> Read {
        let whole = read(text, pieces: max(text.utf8.count, 1), toHead: toHead, ends: ends)
        for pieces in 1..<max(text.utf8.count, 2) {
            #expect(read(text, pieces: pieces, toHead: toHead, ends: ends) == whole, "pieces of \(pieces)")
        }
        return whole
    }

    @Test func readsHeadAndBody() {
        let text = "HTTP/1.1 200 All right\r\nContent-Length: 5\r\nX-A:  b \r\n\r\nhelloHTTP"
        let read = Self.verified(text)
        #expect(
            read.head
                == ResponseHead(
                    status: 200, reason: "All right", headers: [Header("Content-Length", "5"), Header("X-A", "b")]))
        #expect(read.body == "hello")
        #expect(read.consumed == text.utf8.count - 4)
        #expect(read.keepsAlive)
    }

    @Test(arguments: [
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nX: y\r\n\r\n", "hello", true),
        ("HTTP/1.1 200\r\nContent-Length: 9\r\nTransfer-Encoding: Chunked\r\n\r\n1\r\na\r\n0\r\n\r\n", "a", false),
        ("HTTP/1.1 200 \r\nContent-Length: 0\r\n\r\n", "", true),
        ("HTTP/1.1 200 OK\nContent-Length: 1\n\na", "a", true),
        ("HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n", "", true),
        ("HTTP/1.1 304 Not Modified\r\n\r\n", "", true),
        ("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na", "a", true),
        ("HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\na", "a", false),
        ("HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\nContent-Length: 1\r\n\r\na", "a", true),
        ("HTTP/1.1 200 OK\r\nConnection: x, Close\r\nContent-Length: 1\r\n\r\na", "a", false),
    ])
    func knowsTheEnd(_ text: String, _ body: String, _ keepsAlive: Bool) {
        let read = Self.verified(text)
        #expect(read.isDone)
        #expect(read.body == body)
        #expect(read.keepsAlive == keepsAlive)
        #expect(read.mistake == nil)
    }

    @Test func endsWithTheConnection() {
        let text = "HTTP/1.1 200 OK\r\n\r\nhello"
        #expect(!Self.verified(text).isDone)
        let read = Self.verified(text, ends: true)
        #expect(read.body == "hello")
        #expect(read.isDone && !read.keepsAlive)
    }

    @Test func hasNoBodyInAnAnswerToHead() {
        let read = Self.verified("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", toHead: true)
        #expect(read.isDone && read.keepsAlive)
        #expect(read.head?.value("content-length") == "5")
    }

    @Test(arguments: [
        ("SSH-2.0-OpenSSH\r\n", ResponseMistake.badStatusLine), ("HTTP/2 200 OK\r\n", .badStatusLine),
        ("HTTP/1.1 20 OK\r\n", .badStatusLine), ("HTTP/1.1 2000\r\n", .badStatusLine),
        ("HTTP/1.1 099 OK\r\n", .badStatusLine), ("HTTP/1.1 101 Switching\r\n\r\n", .switchesProtocols),
        ("HTTP/1.1 200 OK\r\nNo colon\r\n\r\n", .malformed(.badHeaderName)),
        ("HTTP/1.1 200 OK\r\nA: b\r\n c\r\n\r\n", .malformed(.foldedHeader)),
        ("HTTP/1.1 200 OK\r\nContent-Length: 5a\r\n\r\n", .malformed(.badContentLength)),
        ("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", .malformed(.conflictingContentLength)),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n", .malformed(.unknownTransferEncoding)),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n", .malformed(.badChunkSize)),
        ("HTTP/1.1 200 OK\r\nA: 1\r\nB: 2\r\nC: 3\r\nD: 4\r\nE: 5\r\n\r\n", .malformed(.tooManyHeaders)),
        ("HTTP/1.1 200 OK\r\nA: \(String(repeating: "x", count: 300))\r\n\r\n", .malformed(.headTooLarge)),
    ])
    func refuses(_ text: String, _ mistake: ResponseMistake) {
        #expect(Self.verified(text).mistake == mistake)
    }

    @Test(arguments: ["", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell", "HTTP/1.1 200 OK\r\nA"])
    func noticesAnEarlyEnd(_ text: String) {
        #expect(Self.verified(text, ends: true).mistake == .endsEarly)
    }

    @Test func passesOnWhatIsMeantForTheClient() {
        let head = ResponseHead(
            status: 200,
            headers: [
                Header("Connection", "close, X-Hop"), Header("x-hop", "1"), Header("Keep-Alive", "5"),
                Header("Transfer-Encoding", "chunked"), Header("Content-Length", "7"), Header("ETag", "e"),
            ])
        #expect(head.endToEnd == [Header("ETag", "e")])
    }
}
