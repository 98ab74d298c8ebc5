// SPDX-License-Identifier: Apache-2.0

import Glibc

/// A file that is sent as a body, piece by piece as the client reads it, and never held in memory.
public final class BodyFile: Sendable, Equatable {
    /// Its size in bytes when it was opened.
    public let size: Int
    private let descriptor: Int32

    /// Opens a regular file, without waiting for what may be at a pipe's other end; nil where it is none, or may not be
    /// read.
    public init?(path: String) {
        descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return nil }
        var facts = stat()
        guard fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            return nil
        }
        size = Int(facts.st_size)
    }

    deinit {
        close(descriptor)
    }

    /// Reads what stands at `offset`: how many bytes. None past the end, or if the file cannot be read any more.
    public func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) -> Int {
        while true {
            let count = pread(descriptor, buffer.baseAddress, buffer.count, offset)
            if count < 0 && errno == EINTR { continue }
            return max(count, 0)
        }
    }

    /// All of it, for what has to look at every byte.
    public func contents() -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            while count < size {
                let rest = UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: buffer[count..<size]))
                let read = read(at: count, into: rest)
                if read == 0 { return }
                count += read
            }
        }
    }

    /// Whether both are one and the same.
    public static func == (left: BodyFile, right: BodyFile) -> Bool { left === right }
}
