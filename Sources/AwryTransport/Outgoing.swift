// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import CLinux
import Glibc

/// What a connection could not send at once. Empty, and without memory, for every client that reads.
struct Outgoing {
    private enum Part {
        case bytes([UInt8])
        case file(BodyFile)

        var count: Int {
            switch self {
            case .bytes(let bytes): bytes.count
            case .file(let file): file.size
            }
        }
    }

    /// So much of a file goes out in one turn: a client that reads as fast as it is sent to must not hold up others.
    private static let turn = 2 << 20

    private var parts: [Part] = []
    /// How much of the first part is sent.
    private var offset = 0
    /// How many bytes wait.
    private(set) var count = 0

    var isEmpty: Bool { count == 0 }

    /// Takes what is left of `output` after its first `sent` bytes.
    mutating func append(_ output: HTTPOutput, after sent: Int) {
        let head = output.bytes.count
        if sent < head { add(.bytes(Array(output.bytes[sent...]))) }
        if let file = output.file { add(.file(file)) }
        let rest = output.body.count - max(sent - head, 0)
        guard rest > 0, !output.body.isEmpty else { return }
        // A whole body is shared, not copied; so is one of which a piece is sent, if it is the first part.
        if sent <= head {
            add(.bytes(output.body))
        } else if isEmpty {
            parts.append(.bytes(output.body))
            offset = sent - head
            count += rest
        } else {
            add(.bytes(Array(output.body[(sent - head)...])))
        }
    }

    private mutating func add(_ part: Part) {
        guard part.count > 0 else { return }
        parts.append(part)
        count += part.count
    }

    /// Sends as much as the socket takes, but no more than `most`: how many bytes, or nil if it is broken. Pieces of
    /// files are read into `buffer`.
    mutating func send(
        _ descriptor: Int32, _ tls: TLSSession?, atMost most: Int, by buffer: UnsafeMutableRawBufferPointer
    ) -> Int? {
        var total = 0
        var ofFiles = 0
        while total < most, ofFiles < Self.turn, let first = parts.first {
            let wanted: Int
            let sent: Int?
            switch first {
            case .bytes(let bytes):
                wanted = min(bytes.count - offset, most - total)
                sent = bytes.withUnsafeBytes {
                    Self.send(descriptor, tls, UnsafeRawBufferPointer(rebasing: $0[offset..<offset + wanted]))
                }
            case .file(let file):
                wanted = min(file.size - offset, min(most - total, buffer.count))
                let piece = UnsafeMutableRawBufferPointer(rebasing: buffer[..<wanted])
                // A file that has become shorter since breaks the answer, which promised more.
                guard file.read(at: offset, into: piece) == wanted else { return nil }
                sent = Self.send(descriptor, tls, UnsafeRawBufferPointer(piece))
                ofFiles += wanted
            }
            guard let sent else { return nil }
            total += sent
            count -= sent
            offset += sent
            if offset == first.count {
                parts.removeFirst()
                offset = 0
            }
            if sent < wanted { break }
        }
        if parts.isEmpty { parts = [] }
        return total
    }

    private static func send(_ descriptor: Int32, _ tls: TLSSession?, _ bytes: UnsafeRawBufferPointer) -> Int? {
        if let tls { tls.send(descriptor, bytes) } else { SocketIO.send(descriptor, bytes) }
    }
}
