// SPDX-License-Identifier: Apache-2.0

/// A scenario's text with the name under which its mistakes are told.
public struct SourceText: Sendable {
    /// The path as the user gave it, or `<body>` for what came by the control interface.
    public var name: String
    /// The text, in UTF-8.
    public var bytes: [UInt8]
    /// The folder from which `$file` reads; nil where a scenario may not read files (it came over the network).
    public var folder: String?

    /// A text of this name. Without a folder `$file` is refused.
    public init(name: String, bytes: [UInt8], folder: String? = nil) {
        self.name = name
        self.bytes = bytes
        self.folder = folder
    }

    /// A text of this name.
    public init(name: String, text: String, folder: String? = nil) {
        self.init(name: name, bytes: Array(text.utf8), folder: folder)
    }

    /// The place of a byte: lines and columns from 1, columns in characters.
    static func location(of offset: Int, in bytes: [UInt8], file: String) -> SourceLocation {
        var cursor = PlaceCursor()
        cursor.advance(to: min(offset, bytes.count), in: bytes[...])
        return SourceLocation(file: file, line: cursor.line, column: cursor.column)
    }

    /// The character at a line and column counted from 0.
    static func character(line: Int, column: Int, in bytes: [UInt8]) -> Character? {
        var rest = bytes[...]
        for _ in 0..<line {
            guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
            rest = rest[(end + 1)...]
        }
        let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex
        return String(decoding: rest[..<end], as: UTF8.self).unicodeScalars.dropFirst(column).first.map {
            Character($0)
        }
    }
}

/// Line and column of ever later bytes, found in one pass.
struct PlaceCursor {
    private(set) var line = 1
    private(set) var column = 1
    private var at = 0

    /// Moves to a byte counted from the text's start; not backwards.
    mutating func advance(to offset: Int, in text: ArraySlice<UInt8>) {
        while at < offset {
            let byte = text[text.startIndex + at]
            at += 1
            if byte == UInt8(ascii: "\n") {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
    }
}
