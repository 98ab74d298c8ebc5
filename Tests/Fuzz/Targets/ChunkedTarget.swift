// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP

/// The chunked transfer coding.
enum ChunkedTarget: FuzzTarget {
    static let name = "chunked"
    static let dictionary = [
        "0\r\n\r\n", "5\r\nhello\r\n", ";a=b", "\r\n", "\n", "ffffffffffffffff", "A: b\r\n", " ;", "0",
    ]

    private struct Result: Equatable {
        var end = "needsMore"
        var body: [UInt8] = []
        var trailers: [Header] = []
        var consumed = 0
    }

    static func run(_ bytes: [UInt8]) throws(Violation) -> UInt64 {
        let whole = decode(bytes, pieces: max(bytes.count, 1))
        if whole.body.count > min(bytes.count, 1024) { throw Violation("\(whole.body.count) bytes of \(bytes.count)") }
        for size in [1, 3, 16] where size < bytes.count {
            var parts = decode(bytes, pieces: size)
            // Where the limit is overrun, how much was taken before depends on the pieces.
            if whole.end == "bodyTooLarge" { parts.body = whole.body }
            if parts != whole { throw Violation("pieces of \(size): \(parts) is not \(whole)") }
        }
        return kind("\(whole.end) \(min(whole.body.count, 20)) \(whole.trailers.count)")
    }

    private static func decode(_ bytes: [UInt8], pieces: Int) -> Result {
        var decoder = ChunkedDecoder(limits: HTTPLimits(headerCount: 8))
        var result = Result()
        var start = 0
        while start < bytes.count {
            let end = min(bytes.count, start + pieces)
            switch decoder.decode(bytes.span.extracting(start..<end), into: &result.body, limit: 1024) {
            case .needsMore: start = end
            case .done(let consumed):
                result.end = "done"
                result.consumed = start + consumed
                start = bytes.count
            case .refused(let refusal):
                result.end = refusal.rawValue
                start = bytes.count
            }
        }
        result.trailers = decoder.trailers
        return result
    }
}
