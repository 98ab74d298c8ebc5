// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel
import Glibc

/// A value that YAML has no word for.
enum SpecialValue {
    /// `{ $file: path }`, `{ $base64: … }`
    case bytes([UInt8])
    /// `{ $json: … }`
    case text(Template)
    /// `{ $repeat: x, count: n }`
    case repeated(Node, count: Int)
}

/// Whether a node is such a value; nil inside where it is a wrong one, which is told.
enum SpecialReading {
    case none
    case special(SpecialValue?)
}

extension ScenarioDecoder {
    /// What all `$file` and `$repeat` of a scenario may make together, in bytes.
    static let mostMade = 64 << 20

    /// Larger files are read while they are sent, where they are a whole body.
    static let mostKept = 1 << 20

    /// Reads a mapping whose first key begins with `$`.
    func special(_ node: Node, _ scope: TemplateScope) -> SpecialReading {
        guard let key = node.entries?.first(where: { $0.key.hasPrefix("$") })?.key else { return .none }
        let names = ["$file", "$base64", "$json", "$repeat"]
        guard names.contains(key) else {
            let near = Words.question(for: key, among: names, orAll: "there are")
            report.mistake(node.location, "\(Node.Scalar.shown(key)) is no special value\(near)")
            return .special(nil)
        }
        guard let section = open(node, Keys.special), let entry = section[key] else { return .special(nil) }
        if let other = section.entries.first(where: { $0.key != key && ($0.key != "count" || key != "$repeat") }) {
            report.mistake(other.keyLocation, "`\(other.key)` has no meaning beside `\(key)`")
            return .special(nil)
        }
        switch key {
        case "$file":
            return .special(
                word(entry.value, "a file's path").flatMap { file($0, entry.value.location) }.map { .bytes($0) })
        case "$base64": return .special(base64(entry.value).map { .bytes($0) })
        case "$json":
            let text = JSON.text(entry.value.plainValue)
            return .special(template(text, entry.value.location, scope).map { .text($0) })
        default:
            guard let count = section["count"] else {
                report.mistake(node.location, "`$repeat` needs `count`: how many times")
                return .special(nil)
            }
            return .special(integer(count, 0...1_000_000).map { .repeated(entry.value, count: $0) })
        }
    }

    /// A special value where a shape is wanted.
    func special(
        _ special: SpecialValue, _ node: Node, _ id: ShapeID, _ service: Service, _ scope: TemplateScope,
        _ place: String
    ) -> TemplatedValue? {
        switch (special, service[id].kind) {
        case (.bytes(let bytes), .blob): return .plain(.blob(Blob(bytes)))
        case (.bytes(let bytes), .string):
            guard let text = String(validating: bytes, as: UTF8.self) else {
                report.mistake(node.location, "\(place) is a text, and these bytes are not UTF-8")
                return nil
            }
            return .plain(.string(text))
        case (.text(let template), .string), (.text(let template), .blob):
            guard let literal = template.literal else { return .text(template) }
            if case .blob = service[id].kind { return .plain(.blob(Blob(utf8: literal))) }
            return .plain(.string(literal))
        case (.repeated(let inner, let count), .list(let element)):
            guard let value = value(inner, element.shape, service, scope, "an element of \(place)"),
                makes(value.weight, count, node.location)
            else { return nil }
            return .list(Array(repeating: value, count: count))
        case (.repeated(let inner, let count), .string), (.repeated(let inner, let count), .blob):
            return repeated(inner, count, node, id, service, scope, place)
        default:
            let name = node.entries?.first?.key ?? "$"
            report.mistake(node.location, "\(place) cannot be given by `\(name)`")
            return nil
        }
    }

    /// A text or bytes, so many times over.
    private func repeated(
        _ inner: Node, _ count: Int, _ node: Node, _ id: ShapeID, _ service: Service, _ scope: TemplateScope,
        _ place: String
    ) -> TemplatedValue? {
        guard let value = value(inner, id, service, scope, place), makes(value.weight - 16, count, node.location) else {
            return nil
        }
        switch value {
        case .plain(.string(let text)): return .plain(.string(String(repeating: text, count: count)))
        case .plain(.blob(let blob)):
            return .plain(.blob(Blob(Array(repeatElement(blob.bytes, count: count).joined()))))
        case .text(let template):
            return .text(Template(Array(repeatElement(template.pieces, count: count).joined())))
        default: return nil
        }
    }

    /// Whether so much more may be made; a mistake where not.
    func makes(_ weight: Int, _ count: Int, _ location: SourceLocation) -> Bool {
        let (bytes, overflow) = weight.multipliedReportingOverflow(by: count)
        if !overflow, bytes <= Self.mostMade, made + bytes <= Self.mostMade {
            made += bytes
            return true
        }
        report.mistake(location, "`$file` and `$repeat` make more than \(Self.mostMade >> 20) MiB")
        return false
    }

    private func base64(_ node: Node) -> [UInt8]? {
        guard let text = text(node, "base64") else { return nil }
        let letters = text.utf8.filter { $0 != 0x20 && $0 != 0x0A && $0 != 0x0D }
        if let bytes = Base64.decode(letters) { return bytes }
        let advice = letters.count % 4 == 0 ? "" : "; its length must be a multiple of 4, padded by `=`"
        report.mistake(node.location, "this is not base64\(advice)")
        return nil
    }

    /// A file that is too large to be kept in memory; nil for any other, and where nothing is read from files.
    func largeFile(_ path: String) -> BodyFile? {
        guard let folder = source.folder, let file = BodyFile(path: Self.whole(path, folder)) else { return nil }
        return file.size > Self.mostKept ? file : nil
    }

    /// A path relative to the scenario's folder.
    static func whole(_ path: String, _ folder: String) -> String {
        path.hasPrefix("/") || folder == "." ? path : folder + "/" + path
    }

    /// The contents of a file, its path relative to the scenario's own folder.
    func file(_ path: String, _ location: SourceLocation) -> [UInt8]? {
        guard let folder = source.folder else {
            report.mistake(
                location, "a scenario that is no file itself reads no files")
            return nil
        }
        let whole = Self.whole(path, folder)
        do {
            let bytes = try FileAccess.read(whole, limit: Self.mostMade)
            return makes(bytes.count, 1, location) ? bytes : nil
        } catch {
            report.mistake(location, "\(whole): \(error.message)")
            return nil
        }
    }
}
