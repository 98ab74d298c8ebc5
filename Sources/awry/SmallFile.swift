// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Files that fit in memory: certificates and keys.
enum SmallFile {
    /// Why a file could not be read or written, with its path.
    static func refusal(_ path: String, _ doing: String) -> Refusal {
        Refusal("\(path): cannot be \(doing): \(String(cString: strerror(errno)))")
    }

    /// A file's bytes, at most `most` of them; nil where there is none.
    static func read(_ path: String, most: Int = 1 << 20) throws -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        if descriptor < 0, errno == ENOENT { return nil }
        guard descriptor >= 0 else { throw refusal(path, "read") }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count == 0 { return bytes }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw refusal(path, "read") }
            guard bytes.count < most else { throw Refusal("\(path): is longer than \(most >> 20) MiB") }
            bytes += buffer[..<count]
        }
    }

    /// The bytes of a file that must be there.
    static func contents(_ path: String, most: Int = 1 << 20) throws -> [UInt8] {
        guard let bytes = try read(path, most: most) else { throw Refusal("\(path): no such file") }
        return bytes
    }

    /// Puts a file in its place whole, or not at all. With `isFirst`, only where there is none yet; whether it did.
    @discardableResult
    static func write(_ bytes: [UInt8], to path: String, mode: mode_t, isFirst: Bool = false) throws -> Bool {
        let draft = "\(path).\(getpid())"
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw refusal(draft, "written") }
        defer { unlink(draft) }
        let count = Glibc.write(descriptor, bytes, bytes.count)
        guard close(descriptor) == 0, count == bytes.count else { throw refusal(draft, "written") }
        if isFirst {
            if link(draft, path) == 0 { return true }
            guard errno == EEXIST else { throw refusal(path, "written") }
            return false
        }
        guard rename(draft, path) == 0 else { throw refusal(path, "written") }
        return true
    }

    /// Makes a folder and those above it, for their owner alone.
    static func makeFolder(_ path: String) throws {
        for index in path.indices.dropFirst() where path[index] == "/" { mkdir(String(path[..<index]), 0o755) }
        if mkdir(path, 0o700) != 0, errno != EEXIST { throw refusal(path, "made") }
    }
}
