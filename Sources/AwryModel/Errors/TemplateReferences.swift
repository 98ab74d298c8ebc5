// SPDX-License-Identifier: Apache-2.0

/// Reads the references of a template without the engine that fills them in.
enum TemplateReferences {
    /// What stands between `${` and `}`, in order; `$${` is a literal.
    static func references(in text: String) -> [String] {
        var found: [String] = []
        let bytes = Array(text.utf8)
        var at = 0
        while at + 1 < bytes.count {
            guard bytes[at] == UInt8(ascii: "$"), bytes[at + 1] == UInt8(ascii: "{") else {
                at += bytes[at...].starts(with: Array("$${".utf8)) ? 3 : 1
                continue
            }
            guard let end = bytes[at...].firstIndex(of: UInt8(ascii: "}")) else { break }
            found.append(String(decoding: bytes[(at + 2)..<end], as: UTF8.self))
            at = end + 1
        }
        return found
    }

    /// The request's members that a template names, by their first name: `params.Tagging.TagSet` gives `Tagging`.
    static func parameters(in text: String) -> [String] {
        guard text.contains("${params.") else { return [] }
        return references(in: text).compactMap { reference in
            let path = reference.split(separator: ".")
            return path.count > 1 && path[0] == "params" ? String(path[1]) : nil
        }
    }
}
