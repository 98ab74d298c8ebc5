// SPDX-License-Identifier: Apache-2.0

import CZlib

/// Expands gzip files (RFC 1952).
enum Gzip {
    static func expand(_ packed: [UInt8]) throws -> [UInt8] {
        var stream = z_stream()
        // 15 is the largest window; 16 more asks zlib for gzip's header and trailer (zlib.h, inflateInit2).
        let started = inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        guard started == Z_OK else { throw ModelMistake("zlib does not start: \(started)") }
        defer { inflateEnd(&stream) }
        var packed = packed
        var out: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 18)
        return try packed.withUnsafeMutableBufferPointer { input in
            stream.next_in = input.baseAddress
            stream.avail_in = UInt32(input.count)
            var status = Z_OK
            while status == Z_OK {
                let produced = chunk.withUnsafeMutableBufferPointer { buffer in
                    stream.next_out = buffer.baseAddress
                    stream.avail_out = UInt32(buffer.count)
                    status = inflate(&stream, Z_NO_FLUSH)
                    return buffer.count - Int(stream.avail_out)
                }
                out.append(contentsOf: chunk[..<produced])
            }
            guard status == Z_STREAM_END else { throw ModelMistake("not a whole gzip file: zlib says \(status)") }
            return out
        }
    }
}
