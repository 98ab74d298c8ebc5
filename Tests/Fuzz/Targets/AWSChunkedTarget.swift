// SPDX-License-Identifier: Apache-2.0

import AwryHTTP

/// The `aws-chunked` content coding, in every mode.
enum AWSChunkedTarget: FuzzTarget {
    static let name = "awschunked"
    static let dictionary = [
        "0\r\n", "5\r\nhello\r\n", ";chunk-signature=", "\r\n", "\n", "fffffffffffffff", "x-amz-checksum-crc32:A\r\n",
        "x-amz-trailer-signature:b\r\n", "0;chunk-signature=a\r\n\r\n",
    ]

    static func run(_ bytes: [UInt8]) throws(Violation) -> UInt64 {
        var seen = ""
        for mode in [AWSChunkedMode.plain, .signed, .signedTrailer, .unsignedTrailer] {
            var body = bytes
            let (decoder, mistake) = AWSChunkedDecoder.decode(&body, mode: mode, decodedLength: nil)
            if body.count > bytes.count { throw Violation("decoded to more than it was") }
            if decoder.chunks.contains(where: { $0.data.upperBound > body.count }) {
                throw Violation("a chunk points beyond the body")
            }
            for size in [1, 5] {
                let parts = decode(bytes, mode, pieces: size)
                if parts.body != body || parts.mistake != mistake {
                    throw Violation(
                        "pieces of \(size), \(mode): \(parts) is not \(body), \(String(describing: mistake))")
                }
            }
            seen += "\(mistake.map { "\($0)".prefix { $0 != "(" } } ?? "") \(min(decoder.chunks.count, 8));"
        }
        return kind(seen)
    }

    private static func decode(
        _ bytes: [UInt8], _ mode: AWSChunkedMode, pieces: Int
    ) -> (body: [UInt8], mistake: AWSChunkedDecoder.Mistake?) {
        var decoder = AWSChunkedDecoder(mode: mode)
        var body: [UInt8] = []
        do throws(AWSChunkedDecoder.Mistake) {
            var start = 0
            while start < bytes.count {
                let end = min(bytes.count, start + pieces)
                try decoder.take(bytes.span.extracting(start..<end), into: &body)
                start = end
            }
            try decoder.finish(decodedLength: nil)
            return (body, nil)
        } catch {
            return (body, error)
        }
    }
}
