// SPDX-License-Identifier: Apache-2.0

import Testing

/// The caps that keep the code readable: lines a file, lines a function, columns a line.
struct CapTests {
    static let fileCap = 400
    static let functionCap = 60
    static let columnCap = 120

    @Test func filesAreShort() throws {
        for file in try Self.ours() {
            #expect(file.lines.count <= Self.fileCap + 1, "\(file.path) has \(file.lines.count) lines")
        }
    }

    @Test func linesAreShort() throws {
        for file in try Self.ours() {
            for (number, line) in file.lines.enumerated() where line.count > Self.columnCap {
                // A text that would lose its meaning by being broken (a recorded message, a golden line) may say so.
                if line.contains("// long:") || line.contains("# long:") { continue }
                Issue.record("\(file.path):\(number + 1) is \(line.count) columns wide")
            }
        }
    }

    @Test func functionsAreShort() throws {
        for file in try Self.ours() {
            for (name, start, length) in Self.functions(of: file) where length > Self.functionCap {
                Issue.record("\(file.path):\(start): \(name) has \(length) lines")
            }
        }
    }

    @Test func everyFileNamesItsLicence() throws {
        for file in try Self.ours() {
            #expect(
                file.lines.prefix(3).contains { $0.contains("SPDX-License-Identifier: Apache-2.0") }, "\(file.path)")
        }
    }

    private static func ours() throws -> [SourceFile] {
        let files =
            try SourceTree.files(below: "Sources", endings: ["swift", "c", "h", "py"])
            + SourceTree.files(below: "Tests", endings: ["swift", "py", "sh"])
        return files.filter { !$0.isGenerated }
    }

    /// Functions of a formatted file: from the line that opens one to the next line that closes at the same
    /// indentation.
    private static func functions(of file: SourceFile) -> [(name: String, start: Int, length: Int)] {
        var found: [(String, Int, Int)] = []
        for (index, line) in file.lines.enumerated() where opensFunction(line, in: file.path) {
            let indentation = line.prefix { $0 == " " }.count
            let end = file.lines[(index + 1)...].firstIndex { closes($0, at: indentation, in: file.path) }
            guard let end else { continue }
            let name = line.drop { $0 == " " }
            found.append((String(name), index + 1, end - index + 1))
        }
        return found
    }

    private static func opensFunction(_ line: Substring, in path: String) -> Bool {
        let words = line.split(separator: " ")
        // A function of one line is closed where it is opened.
        if words.last == "}" { return false }
        if path.hasSuffix(".py") { return words.first == "def" || words.prefix(2) == ["async", "def"] }
        guard path.hasSuffix(".swift") else { return false }
        let modifiers: Set<Substring> = [
            "public", "private", "fileprivate", "internal", "static", "final", "override", "mutating", "nonisolated",
            "@Test", "@inline(__always)", "@inlinable", "class", "required", "convenience", "consuming", "package",
        ]
        let rest = words.drop { modifiers.contains($0) || $0.hasPrefix("@") }
        guard let first = rest.first else { return false }
        return first == "func" || first.hasPrefix("init(") || first.hasPrefix("init?(") || first.hasPrefix("init<")
            || first == "deinit"
    }

    private static func closes(_ line: Substring, at indentation: Int, in path: String) -> Bool {
        let depth = line.prefix { $0 == " " }.count
        if path.hasSuffix(".py") { return !line.allSatisfy { $0 == " " } && depth <= indentation && line.first != ")" }
        return depth == indentation && line.dropFirst(depth).first == "}"
    }
}
