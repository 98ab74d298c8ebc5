// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import CLinux
import Glibc

/// What a connection could not send at once. Empty, and without memory, for every client that reads.
struct Outgoing {
    /// So much of a file goes out in one turn: a client that reads as fast as it is sent to must not hold up others.
    private static let turn = 2 << 20
    /// So many parts that are sent are kept: an object of thousands of parts is not moved up for each.
    private static let keptParts = 64

    private var parts: [BlobSegment] = []
    /// How many of the parts are sent whole.
    private var done = 0
    /// How much of the first part is sent.
    private var offset = 0
    /// How many bytes wait.
    private(set) var count = 0

    var isEmpty: Bool { count == 0 }

    /// Takes what is left of `output` after its first `sent` bytes.
    mutating func append(_ output: HTTPOutput, after sent: Int) {
        let head = output.bytes.count
        if sent < head { add(.memory(output.bytes[sent...].copied)) }
        if let stored = output.stored { for segment in stored.segments { add(segment) } }
        let rest = output.body.count - max(sent - head, 0)
        guard rest > 0, !output.body.isEmpty else { return }
        // A whole body is shared, not copied; so is one of which a piece is sent, if it is the first part.
        if sent <= head {
            add(.memory(output.body[...]))
        } else if isEmpty {
            parts.append(.memory(output.body[...]))
            offset = sent - head
            count += rest
        } else {
            add(.memory(output.body[(sent - head)...].copied))
        }
    }

    private mutating func add(_ part: BlobSegment) {
        guard part.count > 0 else { return }
        parts.append(part)
        count += part.count
    }

    /// Sends as much as the socket takes, but no more than `most`: how many bytes, or nil if it is broken. For
    /// TLS, pieces of files are read into `buffer`.
    mutating func send(
        _ descriptor: Int32, _ tls: TLSSession?, atMost most: Int, by buffer: UnsafeMutableRawBufferPointer
    ) -> Int? {
        var total = 0
        var ofFiles = 0
        while total < most, ofFiles < Self.turn, done < parts.count {
            let first = parts[done]
            var wanted = min(first.count - offset, most - total)
            let sent: Int?
            switch first {
            case .memory(let bytes):
                sent = bytes.withUnsafeBytes {
                    Self.send(descriptor, tls, UnsafeRawBufferPointer(rebasing: $0[offset..<offset + wanted]))
                }
            case .file(let extent, let range):
                let start = range.lowerBound + offset
                if let tls {
                    wanted = min(wanted, buffer.count)
                    let piece = UnsafeMutableRawBufferPointer(rebasing: buffer[..<wanted])
                    // A file that has become shorter since breaks the answer, which promised more.
                    guard extent.read(at: start, into: piece) == wanted else { return nil }
                    sent = tls.send(descriptor, UnsafeRawBufferPointer(piece))
                } else {
                    wanted = min(wanted, Self.turn)
                    sent = SocketIO.send(descriptor, extent.file, at: extent.start + start, count: wanted)
                }
                ofFiles += wanted
            }
            guard let sent else { return nil }
            total += sent
            count -= sent
            offset += sent
            if offset == first.count {
                done += 1
                offset = 0
            }
            if sent < wanted { break }
        }
        if done == parts.count {
            parts = []
            done = 0
        } else if done >= Self.keptParts {
            parts.removeFirst(done)
            done = 0
        }
        return total
    }

    private static func send(_ descriptor: Int32, _ tls: TLSSession?, _ bytes: UnsafeRawBufferPointer) -> Int? {
        if let tls { tls.send(descriptor, bytes) } else { SocketIO.send(descriptor, bytes) }
    }
}

extension ArraySlice {
    /// The same in memory of its own: a slice keeps all of its array, and here that is one that is written again.
    fileprivate var copied: ArraySlice { Array(self)[...] }
}
