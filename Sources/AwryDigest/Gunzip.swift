// SPDX-License-Identifier: Apache-2.0

import CZlib

/// Unpacks gzip (RFC 1952) as it comes, member after member.
public final class Gunzip {
    /// The bytes are no gzip, or are damaged.
    public struct Mistake: Error, Sendable, Hashable {}

    private var stream = z_stream()
    private var isBetweenMembers = false

    /// At the first byte; nil where memory is short.
    public init?() {
        // 31: the largest window, and gzip's frame around it.
        guard inflateInit2_(&stream, 31, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else { return nil }
    }

    deinit {
        inflateEnd(&stream)
    }

    /// Whether a member has ended and no other has begun: here the whole may end.
    public var isComplete: Bool { isBetweenMembers }

    /// Unpacks these bytes, handing on at most 256 KiB at a time.
    public func take<Failure: Error>(
        _ bytes: ArraySlice<UInt8>, failing: (Mistake) -> Failure,
        _ give: (ArraySlice<UInt8>) throws(Failure) -> Void
    ) throws(Failure) {
        var input = Array(bytes)
        var used = 0
        var output = [UInt8](repeating: 0, count: 256 << 10)
        var isFull = false
        while used < input.count || isFull {
            if isBetweenMembers {
                isBetweenMembers = false
                inflateReset(&stream)
            }
            let (status, consumed, produced) = step(&input, from: used, into: &output)
            used += consumed
            guard status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR else { throw failing(Mistake()) }
            if produced > 0 { try give(output[..<produced]) }
            isBetweenMembers = status == Z_STREAM_END
            isFull = produced == output.count && !isBetweenMembers
            if consumed == 0, produced == 0, !isBetweenMembers { return }
        }
    }

    private func step(
        _ input: inout [UInt8], from start: Int, into output: inout [UInt8]
    ) -> (status: Int32, consumed: Int, produced: Int) {
        input.withUnsafeMutableBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                stream.next_in = input.baseAddress.map { $0 + start }
                stream.avail_in = UInt32(input.count - start)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(output.count)
                let status = inflate(&stream, Z_NO_FLUSH)
                let consumed = input.count - start - Int(stream.avail_in)
                return (status, consumed, output.count - Int(stream.avail_out))
            }
        }
    }
}
