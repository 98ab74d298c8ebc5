// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension ScenarioDecoder {
    /// `issuers:` whose web identity tokens are taken, by the keys that sign them (RFC 7517).
    func issuers(_ node: Node) -> [String: [Fields]] {
        var issuers: [String: [Fields]] = [:]
        for entry in mapping(node, "issuers with their keys") ?? [] where !report.isFull {
            if !entry.key.hasPrefix("https://") || entry.key.utf8.count <= 8 {
                report.mistake(
                    entry.keyLocation,
                    "an issuer is the URL in its tokens' `iss`, which begins with `https://`; found "
                        + Node.Scalar.shown(entry.key))
            }
            if let keys = keySet(entry.value) { issuers[entry.key] = keys }
        }
        return issuers
    }

    /// `{ keys: […] }`, the list alone, or `{ $file: … }`.
    private func keySet(_ node: Node) -> [Fields]? {
        guard let node = contents(of: node) else { return nil }
        var list = node
        if node.entries != nil {
            guard let keys = node.value("keys") else {
                report.mistake(node.location, "a key set is `{ keys: [ … ] }` (RFC 7517), and this has no `keys`")
                return nil
            }
            list = keys
        }
        guard let elements = self.list(list, "a key set: `{ keys: [ … ] }`, or a list of keys") else { return nil }
        let keys = elements.compactMap { key($0) }
        if keys.isEmpty, !report.hasMistakes {
            report.mistake(list.location, "no key that IAM takes: none of RSA, P-256, P-384 or P-521 to sign with")
        }
        return keys
    }

    /// The numbers of each sort of key, and the curves with their sizes in bytes (RFC 7518, section 6).
    private static let curves = ["P-256": 32, "P-384": 48, "P-521": 66]

    /// A key that may sign tokens; nil for any other, of which the report speaks.
    private func key(_ node: Node) -> Fields? {
        guard node.entries != nil, let fields = node.plainValue.fields else {
            return refuse(node, "a key such as `{ kty: RSA, n: …, e: AQAB }`")
        }
        if fields["use"]?.string == "enc" { return nil }
        switch fields["kty"]?.string {
        case "RSA":
            let sizes = [number("n", of: node), number("e", of: node)]
            guard let modulus = sizes[0], sizes[1] != nil else { return nil }
            if modulus < 128 {
                report.mistake(node.location, "an RSA key has 1,024 bits at least, this one \(modulus * 8)")
            }
        case "EC":
            guard let curve = fields["crv"]?.string, let size = Self.curves[curve] else {
                let place = node.value("crv")?.location ?? node.location
                report.mistake(place, "`crv` is one of \(Words.list(Self.curves.keys.sorted(), last: "or"))")
                return nil
            }
            for name in ["x", "y"] {
                guard let found = number(name, of: node) else { return nil }
                if found != size {
                    let place = node.value(name)?.location ?? node.location
                    report.mistake(place, "`\(name)` of \(curve) has \(size) bytes, found \(found)")
                }
            }
        case let other:
            let (place, found) = (node.value("kty")?.location ?? node.location, other ?? "without any")
            report.warning(place, "IAM takes keys of `kty` RSA and EC; this one, \(found), is left out")
            return nil
        }
        return fields
    }

    /// How many bytes a member has, which is base64url; nil where it is not, which is told.
    private func number(_ name: String, of node: Node) -> Int? {
        guard let member = node.value(name) else {
            report.mistake(node.location, "this key has no `\(name)`")
            return nil
        }
        guard let text = word(member, "base64url") else { return nil }
        guard let bytes = Base64.urlDecode(text.utf8) else {
            report.mistake(member.location, "`\(name)` is not base64url (RFC 4648, section 5, without `=`)")
            return nil
        }
        return bytes.count
    }

    /// A node, or what the file holds that it names by `$file`.
    func contents(of node: Node) -> Node? {
        guard let entries = node.entries, let entry = entries.first(where: { $0.key == "$file" }) else { return node }
        if let other = entries.first(where: { $0.key != "$file" }) {
            report.mistake(other.keyLocation, "`\(other.key)` has no meaning beside `$file`")
            return nil
        }
        guard let path = word(entry.value, "a file's path"), let bytes = file(path, entry.value.location) else {
            return nil
        }
        let name = source.folder.map { Self.whole(path, $0) } ?? path
        let documents = DocumentReader.documents(of: SourceText(name: name, bytes: bytes), report: report)
        if documents.count > 1 { report.mistake(entry.value.location, "\(path) holds more than one document") }
        return documents.first
    }
}
