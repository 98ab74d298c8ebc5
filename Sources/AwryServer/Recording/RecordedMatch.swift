// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

/// The parameters by which a recorded call is known again: single values with the paths to them, as `match.params`
/// writes both.
struct RecordedMatch: Hashable {
    /// The longest text or blob that is compared, in bytes.
    private static let longest = 1024
    /// The most values that are compared.
    private static let most = 200

    /// Path and pattern of each value, in the order of the request.
    private(set) var lines: [Line] = []
    /// What was sent and is not compared, because it is secret.
    private(set) var hidden: [String] = []

    struct Line: Hashable {
        let path: String
        let pattern: String
    }

    init(_ params: Fields, of operation: Operation, in service: Service) {
        guard let input = operation.input else { return }
        add(params, service[input], "", service)
        lines.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    private mutating func add(_ fields: Fields, _ shape: Shape, _ prefix: String, _ service: Service) {
        for (name, value) in fields {
            // A path cannot say these.
            if name.isEmpty || name == "*" { continue }
            let path = prefix + name.replacing("\\", with: "\\\\").replacing(".", with: "\\.")
            switch shape.kind {
            case .structure:
                guard let member = shape.member(name), !Self.isFresh(member) else { continue }
                add(value, member.shape, path, service)
            case .map(let key, let element):
                if service[key.shape].traits.isSecret {
                    hidden.append(prefix + "*")
                    return
                }
                add(value, element.shape, path, service)
            default: continue
            }
        }
    }

    private mutating func add(_ value: Value, _ id: ShapeID, _ path: String, _ service: Service) {
        let shape = service[id]
        if shape.traits.isSecret {
            hidden.append(path)
            return
        }
        guard lines.count < Self.most, !shape.traits.flags.contains(.document) else { return }
        switch value {
        case .string(let text): add(text, path)
        case .blob(let blob):
            // Blobs that are no texts are compared as base64.
            if blob.count <= Self.longest {
                add(String(validating: blob.bytes, as: UTF8.self) ?? Base64.text(blob.bytes), path)
            }
        case .bool(let flag): lines.append(Line(path: path, pattern: flag ? "true" : "false"))
        case .integer(let number): lines.append(Line(path: path, pattern: String(number)))
        case .double(let number) where number.isFinite: lines.append(Line(path: path, pattern: String(number)))
        case .structure(let fields): add(fields, shape, path + ".", service)
        case .list(let elements):
            guard let element = service.element(of: id) else { return }
            for (index, inner) in elements.enumerated() { add(inner, element, "\(path).\(index)", service) }
        // Moments are mostly those of the call.
        case .null, .timestamp, .double: break
        }
    }

    private mutating func add(_ text: String, _ path: String) {
        guard text.utf8.count <= Self.longest else { return }
        let quoted = RecordingText.quoted(text)
        let isGlob = text.utf8.contains { "*?\\".utf8.contains($0) }
        lines.append(Line(path: path, pattern: isGlob ? "{ equals: \(quoted) }" : quoted))
    }

    /// What clients make anew for each call, or by their version.
    private static func isFresh(_ member: Member) -> Bool {
        member.flags.contains(.idempotencyToken) || member.name.hasPrefix("Checksum") || member.name == "ContentMD5"
    }
}
