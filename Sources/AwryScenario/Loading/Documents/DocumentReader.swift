// SPDX-License-Identifier: Apache-2.0

/// Reads a text of whichever notation into the nodes of its documents.
enum DocumentReader {
    /// The documents that a text holds: one for JSON, one for each `---` of YAML. What is wrong goes to the report.
    static func documents(of source: SourceText, report: Report) -> [Node] {
        let start = SourceLocation(file: source.name, line: 1, column: 1)
        guard source.bytes.count <= DocumentLimits.bytes else {
            report.mistake(
                start, "larger than \(DocumentLimits.bytes >> 20) MiB; put large data beside it and use $file")
            return []
        }
        if source.bytes.starts(with: [0xFF, 0xFE]) || source.bytes.starts(with: [0xFE, 0xFF]) {
            report.mistake(start, "the text is in UTF-16; save it as UTF-8")
            return []
        }
        var bytes = source.bytes
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
        if let offset = invalidUTF8(bytes) {
            let location = SourceText.location(of: offset, in: bytes, file: source.name)
            report.mistake(location, "the text is not UTF-8 here")
            return []
        }
        let documents = read(bytes, named: source.name, report: report)
        if documents.isEmpty, !report.hasMistakes {
            report.mistake(start, "nothing in it; a scenario begins with `scenario: name`")
        }
        return documents
    }

    /// JSON where the name or the text says so; `{` alone may also begin YAML's flow style.
    private static func read(_ bytes: [UInt8], named name: String, report: Report) -> [Node] {
        let space: Set<UInt8> = [0x20, 0x0A, 0x0D, 0x09]
        let text = bytes.drop { space.contains($0) }
        let isNamedJSON = name.lowercased().hasSuffix(".json")
        if text.isEmpty { return [] }
        guard isNamedJSON || text.first == UInt8(ascii: "{") || text.first == UInt8(ascii: "[") else {
            return YAMLReader.read(bytes, file: name, report: report)
        }
        let scratch = Report()
        do {
            let node = try JSONNodeReader.read(bytes[...], file: name, report: scratch)
            scratch.diagnostics.forEach(report.add)
            return [node]
        } catch {
            let looksLikeJSON = isNamedJSON || text.dropFirst().first { !space.contains($0) } == UInt8(ascii: "\"")
            let attempt = Report()
            let documents = isNamedJSON ? [] : YAMLReader.read(bytes, file: name, report: attempt)
            if looksLikeJSON, isNamedJSON || attempt.hasMistakes {
                report.mistake(error.location, "not JSON: \(error.message)")
                return []
            }
            attempt.diagnostics.forEach(report.add)
            return documents
        }
    }

    /// The offset of the first byte that is not part of UTF-8.
    private static func invalidUTF8(_ bytes: [UInt8]) -> Int? {
        if String(validating: bytes, as: UTF8.self) != nil { return nil }
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        var offset = 0
        while true {
            switch decoder.decode(&iterator) {
            case .scalarValue(let scalar): offset += UTF8.width(scalar)
            case .emptyInput: return nil
            case .error: return offset
            }
        }
    }
}
