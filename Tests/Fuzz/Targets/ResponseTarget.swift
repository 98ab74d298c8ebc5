// SPDX-License-Identifier: Apache-2.0

import AwryHTTP

/// What an upstream sends: heads, bodies in every framing. What comes of it must not depend on the pieces.
enum ResponseTarget: FuzzTarget {
    static let name = "response"
    static let dictionary = [
        "HTTP/1.1 200 OK\r\n", "HTTP/1.0 304 \r\n", "HTTP/1.1 100 Continue\r\n\r\n", "Content-Length: 5\r\n",
        "Transfer-Encoding: chunked\r\n", "Connection: close\r\n", "Connection: keep-alive\r\n", "\r\n", "\r\n\r\n",
        "\n", "0\r\n\r\n", "5\r\nhello\r\n", "gzip, ", "204", ": ", ", ", ";a=b",
    ]
    private static let limits = HTTPLimits(headBytes: 1024, headerCount: 16)

    private struct Result: Equatable {
        var head: ResponseHead?
        var body: [UInt8] = []
        var consumed = 0
        var end = ""
        var keepsAlive = false
    }

    static func run(_ bytes: [UInt8]) throws(Violation) -> UInt64 {
        // The first byte says what was asked, and whether the connection ends.
        let (flags, text) = (bytes.first ?? 0, Array(bytes.dropFirst()))
        let whole = read(text, flags, pieces: max(text.count, 1))
        if whole.body.count > text.count { throw Violation("\(whole.body.count) bytes of \(text.count)") }
        for size in [1, 3, 16, 64] where size < text.count {
            let parts = read(text, flags, pieces: size)
            if parts != whole { throw Violation("pieces of \(size): \(parts) is not \(whole)") }
        }
        let headers = min(whole.head?.headers.count ?? -1, 4)
        return kind("\(whole.end) \(whole.keepsAlive) \(min(whole.body.count, 9)) \(headers)")
    }

    private static func read(_ bytes: [UInt8], _ flags: UInt8, pieces: Int) -> Result {
        var reader = ResponseReader(toHead: flags & 1 == 1, limits: limits)
        var result = Result()
        do throws(ResponseMistake) {
            while result.consumed < bytes.count, !reader.isDone {
                let end = min(bytes.count, result.consumed + pieces)
                result.consumed += try reader.take(
                    bytes.span.extracting(result.consumed..<end), into: &result.body)
            }
            if flags & 2 == 2 { try reader.ended() }
            result.end = reader.isDone ? "done" : "more"
        } catch {
            result.end = "\(error)"
            // How much was taken before a mistake depends on the pieces.
            result.consumed = 0
        }
        result.head = reader.head
        result.keepsAlive = reader.keepsAlive
        return result
    }
}
