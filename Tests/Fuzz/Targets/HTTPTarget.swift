// SPDX-License-Identifier: Apache-2.0

import AwryHTTP

/// A connection's whole input: heads, bodies, pipelines. What comes of it must not depend on the pieces.
enum HTTPTarget: FuzzTarget {
    static let name = "http"
    static let dictionary = [
        "GET / HTTP/1.1\r\n", "PUT /now HTTP/1.0\r\n", "Host: h\r\n", "Content-Length: 5\r\n", "Content-Length: 0",
        "Transfer-Encoding: chunked\r\n", "Connection: close\r\n", "Connection: keep-alive\r\n", "\r\n", "\r\n\r\n",
        "\n",
        "Expect: 100-continue\r\n", "0\r\n\r\n", "5\r\nhello\r\n", "HTTP/1.1", "http://", ";", ": ", ", ", "chunked",
    ]
    private static let limits = HTTPLimits(headBytes: 4096, requestLineBytes: 1024, headerCount: 16, drainedBytes: 256)
    private static let question = Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)

    static func run(_ bytes: [UInt8]) throws(Violation) -> UInt64 {
        let (whole, output) = transcript(bytes, pieces: bytes.count)
        // Every request is at least some 18 bytes long, and its answer at most its body and 200 more.
        if output.count > 4096 + bytes.count * 16 { throw Violation("\(output.count) bytes answer \(bytes.count)") }
        for size in [1, 2, 7, 64] where bytes.count > size {
            let (lines, bytesOut) = transcript(bytes, pieces: size)
            if lines != whole { throw Violation("pieces of \(size): \(lines) is not \(whole)") }
            if bytesOut != output { throw Violation("pieces of \(size) get another answer") }
        }
        return kind(whole.map { $0.prefix { $0 != "/" } }.joined(separator: ";"))
    }

    /// What was done, and what was answered; `100 Continue` left out, which depends on what has come already.
    private static func transcript(_ bytes: [UInt8], pieces: Int) -> ([String], [UInt8]) {
        var connection = HTTPConnection(limits: limits)
        var lines: [String] = []
        var output: [UInt8] = []
        var start = 0
        while start < bytes.count {
            let end = min(bytes.count, start + pieces)
            connection.received(bytes.span.extracting(start..<end))
            pump(&connection, &lines, &output)
            start = end
        }
        connection.peerEnded()
        pump(&connection, &lines, &output)
        return (lines, output)
    }

    private static func pump(_ connection: inout HTTPConnection, _ lines: inout [String], _ output: inout [UInt8]) {
        var out = HTTPOutput()
        while true {
            switch connection.next(into: &out, date: []) {
            case .wait:
                output += out.bytes + out.body
                if output.suffix(question.count) == question[...] { output.removeLast(question.count) }
                return
            case .head(let head):
                lines.append("head \(head.method)/\(head.target) \(head.headers)")
                // Whether an answer to an unread body keeps the connection may depend on what of it has come.
                if head.path.starts(with: "/now".utf8), head.value("content-length") == nil, head.value("expect") == nil
                {
                    connection.answer(Reply(.message(Reply.Message(status: 200))))
                } else {
                    connection.readBody(limit: 1 << 16)
                }
            case .body(let body, let trailers):
                lines.append("body \(trailers.count)/\(body) \(trailers)")
                connection.answer(Reply(.message(Reply.Message(status: 200, body: body))))
            case .flush:
                output += out.bytes + out.body
                out.clear()
            case .answered: break
            case .refused(let refusal): lines.append("refused \(refusal)")
            case .close: lines.append("close")
            }
        }
    }
}
