// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Writes into room that was made for all of it at once: to append to an array piece by piece asks for every piece
/// whether it is the array's only owner and has room, which costs more than to copy it.
struct RoomWriter {
    private let room: UnsafeMutableBufferPointer<UInt8>
    /// How many bytes are written.
    private(set) var count = 0

    /// Appends to `bytes` what `body` writes, at most `most` bytes.
    static func append(atMost most: Int, to bytes: inout [UInt8], _ body: (inout RoomWriter) -> Void) {
        bytes.append(addingCapacity: most) { span in
            span.withUnsafeMutableBufferPointer { buffer, initialized in
                var writer = RoomWriter(room: UnsafeMutableBufferPointer(rebasing: buffer[initialized...]))
                body(&writer)
                initialized += writer.count
            }
        }
    }

    private init(room: UnsafeMutableBufferPointer<UInt8>) {
        self.room = room
    }

    mutating func byte(_ byte: UInt8) {
        precondition(count < room.count, "more was written than there is room for")
        room[count] = byte
        count += 1
    }

    mutating func bytes(_ bytes: UnsafeBufferPointer<UInt8>) {
        precondition(bytes.count <= room.count - count, "more was written than there is room for")
        count += UnsafeMutableBufferPointer(rebasing: room[count...]).update(fromContentsOf: bytes)
    }

    mutating func literal(_ text: StaticString) {
        text.withUTF8Buffer { bytes($0) }
    }

    mutating func text(_ text: String) {
        let isWritten: Void? = text.utf8.withContiguousStorageIfAvailable { bytes($0) }
        if isWritten == nil { for byte in text.utf8 { self.byte(byte) } }
    }

    mutating func number(_ number: Int) {
        var unit = 1
        while number / unit >= 10 { unit *= 10 }
        while unit > 0 {
            byte(UInt8(truncatingIfNeeded: 0x30 + number / unit % 10))
            unit /= 10
        }
    }

    /// Ends a line that begins at `start`. What would end it before becomes a space, so that no value can add a header
    /// or an answer.
    mutating func endLine(from start: Int) {
        if PlainText.hasControls(UnsafeBufferPointer(rebasing: room[start..<count])) {
            for index in start..<count where room[index] < 0x20 && room[index] != ASCII.tab {
                room[index] = ASCII.space
            }
        }
        literal("\r\n")
    }
}
