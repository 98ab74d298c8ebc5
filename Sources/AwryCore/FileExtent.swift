// SPDX-License-Identifier: Apache-2.0

/// A stretch of a file that blobs share. When the last of them is gone, a temporary file's room goes back to the
/// system.
public final class FileExtent: Sendable {
    /// The file.
    public let file: BodyFile
    /// Where in the file it begins.
    public let start: Int
    /// How many bytes it has room for.
    let room: Int
    private let isTemporary: Bool

    /// All of a file that somebody else owns.
    init(_ file: BodyFile) {
        self.file = file
        start = 0
        room = file.size
        isTemporary = false
    }

    /// A stretch of a temporary file, from a page's beginning.
    init(_ file: BodyFile, start: Int, room: Int) {
        self.file = file
        self.start = start
        self.room = room
        isTemporary = true
    }

    deinit {
        if isTemporary { file.discard(start..<(start + room)) }
    }

    /// Reads what stands at a place counted from its beginning: how many bytes, none where they cannot be read.
    public func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) -> Int {
        file.read(at: start + offset, into: buffer)
    }

    func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> Bool {
        file.write(bytes, at: start + offset)
    }
}
