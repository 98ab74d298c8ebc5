// SPDX-License-Identifier: Apache-2.0

import AwryHTTP
import CLinux
import Glibc

/// What a connection could not send at once. Empty, and without memory, for every client that reads.
struct Outgoing {
    private var parts: [[UInt8]] = []
    /// How much of the first part is sent.
    private var offset = 0
    /// How many bytes wait.
    private(set) var count = 0

    var isEmpty: Bool { count == 0 }

    /// Takes what is left of `output` after its first `sent` bytes.
    mutating func append(_ output: HTTPOutput, after sent: Int) {
        let head = output.bytes.count
        if sent < head { add(Array(output.bytes[sent...])) }
        let rest = output.body.count - max(sent - head, 0)
        guard rest > 0 else { return }
        // A whole body is shared, not copied; so is one of which a piece is sent, if it is the first part.
        if sent <= head {
            add(output.body)
        } else if isEmpty {
            parts.append(output.body)
            offset = sent - head
            count += rest
        } else {
            add(Array(output.body[(sent - head)...]))
        }
    }

    private mutating func add(_ bytes: [UInt8]) {
        parts.append(bytes)
        count += bytes.count
    }

    /// Sends as much as the socket takes, but no more than `most`: how many bytes, or nil if it is broken.
    mutating func send(_ descriptor: Int32, _ tls: TLSSession?, atMost most: Int) -> Int? {
        var total = 0
        while total < most, let first = parts.first {
            let sent = first.withUnsafeBytes {
                let end = offset + min($0.count - offset, most - total)
                let bytes = UnsafeRawBufferPointer(rebasing: $0[offset..<end])
                return if let tls { tls.send(descriptor, bytes) } else { SocketIO.send(descriptor, bytes) }
            }
            guard let sent else { return nil }
            total += sent
            count -= sent
            offset += sent
            if offset < first.count { break }
            parts.removeFirst()
            offset = 0
        }
        if parts.isEmpty { parts = [] }
        return total
    }
}
