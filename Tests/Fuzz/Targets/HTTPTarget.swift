// SPDX-License-Identifier: Apache-2.0

import AwryCore
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

    /// What was done, and what was answered; `100 Continue` left out, which depends on what has come already.
    private struct Transcript: Equatable {
        var log: [UInt8] = []
        var output: [UInt8] = []
        var shape = ""
    }

    static func run(_ bytes: [UInt8]) throws(Violation) -> UInt64 {
        let whole = transcript(bytes, pieces: max(bytes.count, 1))
        // An answer to a head or a refusal is at most some 300 bytes long, an answer to a body as much more as the
        // body.
        if whole.output.count > 4096 + bytes.count * 16 {
            throw Violation("\(whole.output.count) bytes answer \(bytes.count)")
        }
        for size in [1, 2, 7, 64] where bytes.count > size {
            let parts = transcript(bytes, pieces: size)
            if parts.log != whole.log { throw Violation("pieces of \(size): \(parts.shape) is not \(whole.shape)") }
            if parts.output != whole.output { throw Violation("pieces of \(size) get another answer") }
        }
        return kind(whole.shape)
    }

    private static func transcript(_ bytes: [UInt8], pieces: Int) -> Transcript {
        var connection = HTTPConnection(limits: limits)
        var transcript = Transcript()
        var start = 0
        while start < bytes.count {
            let end = min(bytes.count, start + pieces)
            connection.received(bytes.span.extracting(start..<end))
            pump(&connection, &transcript)
            start = end
        }
        connection.peerEnded()
        pump(&connection, &transcript)
        return transcript
    }

    private static func pump(_ connection: inout HTTPConnection, _ transcript: inout Transcript) {
        var out = HTTPOutput()
        while true {
            switch connection.next(into: &out, date: []) {
            case .wait:
                transcript.output += out.bytes + out.body
                if transcript.output.suffix(question.count) == question[...] {
                    transcript.output.removeLast(question.count)
                }
                return
            case .head(let head): decide(head, &connection, &transcript)
            case .body(let received):
                let (body, trailers) = (Array(received.data.bytes), received.trailers)
                transcript.log += body
                for trailer in trailers { transcript.log += "\(trailer.name):\(trailer.value);".utf8 }
                transcript.shape += "body\(body.isEmpty)\(min(trailers.count, 2));"
                connection.answer(Reply(.message(Reply.Message(status: 200, body: body))))
            case .flush:
                transcript.output += out.bytes + out.body
                out.clear()
            case .answered: break
            case .remainder(let body, let sink): sink.take(body)
            case .refused(let refusal):
                transcript.log += refusal.rawValue.utf8
                transcript.shape += refusal.rawValue
            case .close: transcript.log.append(0)
            case .reset: transcript.log.append(1)
            case .tunnel(let first):
                transcript.log.append(2)
                connection.received(first.span)
            }
        }
    }

    private static func decide(
        _ head: RequestHead, _ connection: inout HTTPConnection, _ transcript: inout Transcript
    ) {
        transcript.log += head.bytes[head.methodRange] + head.bytes[head.targetRange] + [head.minorVersion]
        for field in head.fields { transcript.log += head.bytes[field.name] + [0] + head.bytes[field.value] + [1] }
        if transcript.shape.utf8.count < 60 {
            transcript.shape += "\(head.minorVersion) \(head.fields.count) \(connection.waiting);"
        }
        transcript.log += head.host ?? []
        if head.isConnect { return connection.tunnel() }
        // Whether an answer to an unread body keeps the connection may depend on what of it has come.
        let isPlain = head.value("content-length") == nil && head.value("expect") == nil
        if isPlain, head.path.starts(with: "/now".utf8) {
            connection.answer(Reply(.message(Reply.Message(status: 200))))
        } else {
            connection.readBody(limit: 1 << 16)
        }
    }
}
