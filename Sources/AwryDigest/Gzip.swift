// SPDX-License-Identifier: Apache-2.0

import CZlib

/// Packs bytes as gzip (RFC 1952) as they come: one member, and the same for the same bytes, for it tells no time.
public final class Gzip {
    private var stream = z_stream()
    private var packed: [UInt8] = []
    private var room = [UInt8](repeating: 0, count: 64 << 10)

    /// Before the first byte; nil where memory is short.
    public init?() {
        // 31: the largest window, and gzip's frame around it; 8: the memory that zlib takes by default.
        let status = deflateInit2_(
            &stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size))
        guard status == Z_OK else { return nil }
    }

    deinit {
        deflateEnd(&stream)
    }

    /// Takes the next bytes.
    public func take(_ bytes: [UInt8]) { pack(bytes, Z_NO_FLUSH) }

    /// Ends the member; all that was packed. Nothing may be taken after that.
    public func finish() -> [UInt8] {
        pack([], Z_FINISH)
        return packed
    }

    private func pack(_ bytes: [UInt8], _ flush: Int32) {
        var input = bytes
        input.withUnsafeMutableBufferPointer { input in
            stream.next_in = input.baseAddress
            stream.avail_in = UInt32(clamping: input.count)
            repeat {
                room.withUnsafeMutableBufferPointer { room in
                    stream.next_out = room.baseAddress
                    stream.avail_out = UInt32(room.count)
                    deflate(&stream, flush)
                }
                packed += room[..<(room.count - Int(stream.avail_out))]
            } while stream.avail_out == 0
        }
    }
}
