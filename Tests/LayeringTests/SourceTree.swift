// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The repository's own files, as the tests of its shape see them.
struct SourceFile {
    /// The path from the repository's root.
    let path: String
    let lines: [Substring]

    /// `AwryCore` for `Sources/AwryCore/Value.swift`.
    var module: String { String(path.split(separator: "/")[1]) }

    /// Whether the file says that a tool wrote it.
    var isGenerated: Bool { lines.prefix(3).contains { $0.contains("GENERATED") } }
}

enum SourceTree {
    static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Every file below `folder` with one of these endings, by path.
    static func files(below folder: String, endings: Set<String>) throws -> [SourceFile] {
        let base = root.appendingPathComponent(folder)
        guard let walk = FileManager.default.enumerator(atPath: base.path) else { return [] }
        let names = walk.compactMap { $0 as? String }
            .filter { endings.contains(($0 as NSString).pathExtension) && !$0.contains(".venv") }
            .sorted()
        return try names.map { name in
            let text = try String(contentsOf: base.appendingPathComponent(name), encoding: .utf8)
            return SourceFile(
                path: folder + "/" + name, lines: text.split(separator: "\n", omittingEmptySubsequences: false))
        }
    }
}
