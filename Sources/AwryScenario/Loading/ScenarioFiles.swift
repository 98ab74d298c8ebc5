// SPDX-License-Identifier: Apache-2.0

/// Which files a path on the command line means.
enum ScenarioFiles {
    static let endings = [".yaml", ".yml", ".json"]
    private static let mostDepth = 32
    private static let mostFiles = 10_000

    /// The file itself, or a folder's scenario files in byte order of their relative paths. Hidden files and folders
    /// are passed over.
    static func files(at path: String, report: Report) -> [String] {
        let place = SourceLocation(file: path, line: 1, column: 1)
        do {
            guard try FileAccess.kind(path) == .folder else { return [path] }
            var found: [String] = []
            try walk(path, below: "", depth: 0, into: &found)
            if found.isEmpty { report.mistake(place, "no *.yaml, *.yml or *.json in this folder") }
            found.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            return found.map { path.hasSuffix("/") ? path + $0 : path + "/" + $0 }
        } catch {
            report.mistake(place, error.message + FileAccess.nearby(path))
            return []
        }
    }

    /// The folder that holds a file, as `$file` wants it.
    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private static func walk(
        _ root: String, below: String, depth: Int, into found: inout [String]
    ) throws(FileAccess.Problem) {
        guard depth <= mostDepth else {
            throw FileAccess.Problem("folders nested deeper than \(mostDepth) at \(below)")
        }
        for name in try FileAccess.names(in: below.isEmpty ? root : root + "/" + below) where !name.hasPrefix(".") {
            let relative = below.isEmpty ? name : below + "/" + name
            // A link that leads nowhere, or a socket, is passed over: only what is named outright must be readable.
            guard let kind = try? FileAccess.kind(root + "/" + relative) else { continue }
            switch kind {
            case .folder: try walk(root, below: relative, depth: depth + 1, into: &found)
            case .file:
                guard endings.contains(where: { name.lowercased().hasSuffix($0) }) else { continue }
                guard found.count < mostFiles else { throw FileAccess.Problem("more than \(mostFiles) scenario files") }
                found.append(relative)
            }
        }
    }
}
