// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import Synchronization
import Testing

/// Runs a connection without a socket, and writes down all that it wanted done.
struct Transcript: Equatable {
    var lines: [String] = []
    var output: [UInt8] = []

    static let date = HTTPDate.bytes(secondsSince1970: 784_111_777)

    /// What came of bytes in these pieces. Heads whose target begins with `/now` are answered at once, the others get
    /// their body read; every answer repeats the request.
    static func of(
        _ pieces: [ArraySlice<UInt8>], limits: HTTPLimits = HTTPLimits(), ends: Bool = true
    ) -> Transcript {
        var connection = HTTPConnection(limits: limits)
        var transcript = Transcript()
        transcript.pump(&connection)
        for piece in pieces {
            connection.received(Array(piece).span)
            transcript.pump(&connection)
        }
        if ends {
            connection.peerEnded()
            transcript.pump(&connection)
        }
        return transcript
    }

    mutating func pump(_ connection: inout HTTPConnection) {
        var out = HTTPOutput()
        var target = ""
        work: while true {
            switch connection.next(into: &out, date: Self.date) {
            case .wait: break work
            case .head(let head):
                target = head.target
                lines.append("head \(head.method) \(target) \(head.headers.map { "\($0.name)=\($0.value)" })")
                if target.hasPrefix("tunnel") {
                    connection.tunnel()
                } else if target.hasPrefix("refused") {
                    connection.answer(Reply(.message(Reply.Message(status: 403)), closes: true))
                } else if target.hasPrefix("/now/sink") {
                    connection.answer(Reply(.message(Reply.Message(status: 200)), sink: Sink(limit: 10)))
                } else if target.hasPrefix("/now") {
                    connection.answer(Self.reply("now"))
                } else {
                    connection.readBody(limit: 1 << 20)
                }
            case .body(let received):
                let (body, trailers) = (received.data.bytes, received.trailers)
                lines.append("body \(body.count) \(trailers.map { "\($0.name)=\($0.value)" })")
                connection.answer(Self.reply(String(decoding: body, as: UTF8.self)))
            case .remainder(let body, let sink):
                lines.append("remainder \(body.count)")
                sink.take(body)
            case .flush:
                output += out.bytes + out.body
                out.clear()
            case .answered(let token, let bytes, let isWhole):
                lines.append("answered \(token) \(bytes)" + (isWhole ? "" : " cut"))
            case .refused(let refusal): lines.append("refused \(refusal)")
            case .close: lines.append("close")
            case .reset: lines.append("reset")
            case .tunnel(let first):
                lines.append("tunnel")
                connection.received(first.span)
            }
        }
        output += out.bytes + out.body
    }

    static func reply(_ text: String) -> Reply { Reply(.message(Reply.Message(status: 200, body: Array(text.utf8)))) }

    var text: String { String(decoding: output, as: UTF8.self) }
    var refusal: String? { lines.first { $0.hasPrefix("refused ") }.map { String($0.dropFirst(8)) } }
}

/// Wants a body that the answer does not wait for.
final class Sink: BodySink {
    let limit: Int
    private let taken = Mutex<[[UInt8]]>([])

    init(limit: Int) {
        self.limit = limit
    }

    func take(_ body: [UInt8]) {
        taken.withLock { $0.append(body) }
    }

    /// What was handed over, as texts.
    var bodies: [String] { taken.withLock { $0.map { String(decoding: $0, as: UTF8.self) } } }
}

/// Feeds `text` whole, in every two pieces, and byte by byte; all must come to the same, which is given.
@discardableResult
func verified(
    _ text: String, limits: HTTPLimits = HTTPLimits(), sourceLocation: SourceLocation = #_sourceLocation
) -> Transcript {
    let bytes = Array(text.utf8)
    let whole = Transcript.of([bytes[...]], limits: limits)
    for split in bytes.indices.dropFirst() {
        let parts = Transcript.of([bytes[..<split], bytes[split...]], limits: limits)
        if parts != whole {
            Issue.record("split at \(split): \(parts.lines) is not \(whole.lines)", sourceLocation: sourceLocation)
            return whole
        }
    }
    let single = Transcript.of(bytes.indices.map { bytes[$0...$0] }, limits: limits)
    #expect(single == whole, "byte by byte", sourceLocation: sourceLocation)
    return whole
}
