// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Glibc

/// Reads files and folders, with words for what went wrong.
enum FileAccess {
    /// Why a path could not be read: "no such file".
    struct Problem: Error {
        let message: String

        init(_ message: String) {
            self.message = message
        }

        /// The system's own reason.
        init(errno code: Int32) {
            switch code {
            case ENOENT: message = "no such file or folder"
            case EACCES: message = "may not be read (permission denied)"
            default: message = String(cString: strerror(code))
            }
        }
    }

    /// What a path is.
    enum Kind {
        case file
        case folder
    }

    /// What a path leads to, links followed.
    static func kind(_ path: String) throws(Problem) -> Kind {
        var facts = stat()
        guard stat(path, &facts) == 0 else { throw Problem(errno: errno) }
        switch facts.st_mode & S_IFMT {
        case S_IFDIR: return .folder
        case S_IFREG: return .file
        default: throw Problem("neither a file nor a folder")
        }
    }

    /// A file's contents, at most `limit` bytes.
    static func read(_ path: String, limit: Int) throws(Problem) -> [UInt8] {
        guard try kind(path) == .file else { throw Problem("is a folder, not a file") }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Problem(errno: errno) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count == 0 { return bytes }
            guard count > 0 else {
                if errno == EINTR { continue }
                throw Problem(errno: errno)
            }
            bytes += buffer[..<count]
            guard bytes.count <= limit else { throw Problem("larger than \(limit >> 20) MiB") }
        }
    }

    /// "; did you mean `orders.yaml`?" of a path that leads nowhere, where its folder has a name that is near.
    static func nearby(_ path: String) -> String {
        guard access(path, F_OK) != 0 else { return "" }
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        let folder = parts.dropLast().joined(separator: "/")
        guard let last = parts.last, let names = try? names(in: parts.count == 1 ? "." : folder + "/") else {
            return ""
        }
        let near = Nearest.candidates(for: String(last), among: names.sorted())
        let shown = near.map { parts.count == 1 ? $0 : "\(folder)/\($0)" }
        return shown.isEmpty ? "" : "; did you mean \(Words.list(shown, last: "or"))?"
    }

    /// The names in a folder, without `.` and `..`.
    static func names(in folder: String) throws(Problem) -> [String] {
        guard let stream = opendir(folder) else { throw Problem(errno: errno) }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
                tuple.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }
}
