// SPDX-License-Identifier: Apache-2.0

import Glibc

/// An open file in which bodies lie: they are read and sent piece by piece, and never held in memory as a whole.
public final class BodyFile: Sendable, Equatable {
    /// Its size in bytes when it was opened.
    public let size: Int
    /// For system calls that send from a file; not to be closed.
    public let descriptor: Int32

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

    /// Makes an empty file without a name in a folder: it is gone when nobody holds it. Nil where none can be made
    /// there.
    init?(namelessIn folder: String) {
        var template = Array("\(folder)/awry-XXXXXX".utf8CString)
        descriptor = template.withUnsafeMutableBufferPointer { name in
            guard let start = name.baseAddress else { return -1 }
            let made = mkstemp(start)
            if made >= 0 { unlink(start) }
            return made
        }
        guard descriptor >= 0 else { return nil }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        size = 0
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

    /// Writes all of this at `offset`; false where the system has no room for it.
    func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> Bool {
        var done = 0
        while done < bytes.count {
            let rest = UnsafeRawBufferPointer(rebasing: bytes[done...])
            let count = pwrite(descriptor, rest.baseAddress, rest.count, offset + done)
            if count < 0 && errno == EINTR { continue }
            if count <= 0 { return false }
            done += count
        }
        return true
    }

    /// Gives the room of these bytes, which begin at a page's beginning, back to the system; they read as zeros. Where
    /// the file's system cannot do that, they stay until the file is closed.
    func discard(_ bytes: Range<Int>) {
        guard !bytes.isEmpty else { return }
        // A hole is punched by way of a mapping, because Glibc's module hides `fallocate`.
        let map = mmap(nil, bytes.count, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, bytes.lowerBound)
        guard let map, map != MAP_FAILED else { return }
        madvise(map, bytes.count, MADV_REMOVE)
        munmap(map, bytes.count)
    }

    /// All of it, for what has to look at every byte.
    public func contents() -> [UInt8] {
        Array(Blob(self).bytes)
    }

    /// Whether both are one and the same.
    public static func == (left: BodyFile, right: BodyFile) -> Bool { left === right }
}
