// SPDX-License-Identifier: Apache-2.0

extension ScenarioDecoder {
    /// `raw:` in either form: a message with a status, or bytes as they are.
    func raw(_ node: Node, _ scope: TemplateScope) -> RawSpec? {
        guard let section = open(node, Keys.raw) else { return nil }
        let isBytes = section["bytes"] != nil || (section["file"] != nil && section["status"] == nil)
        let bodies = section.entries.filter { ["body", "bytes", "file"].contains($0.key) }
        if let second = bodies.dropFirst().first {
            report.mistake(second.keyLocation, "`\(bodies[0].key)` says already what is sent")
        }
        if isBytes {
            for name in ["status", "reason", "headers"] {
                guard let entry = section[name] else { continue }
                report.mistake(
                    entry.keyLocation, "`\(name)` has no meaning beside `\(bodies[0].key)`: just these bytes are sent")
            }
            let close = section["close"].flatMap { boolean($0.value, called: "`close`") } ?? true
            return body(bodies[0], scope).map { .bytes($0, close: close) }
        }
        if let close = section["close"] {
            report.mistake(close.keyLocation, "`close` goes with `bytes`; here write `headers: { Connection: close }`")
        }
        guard let statusEntry = section["status"] else {
            if !section.hasUnread { report.mistake(node.location, "a raw answer needs `status`, or `bytes`") }
            return nil
        }
        let status = integer(statusEntry, 100...999)
        let reason = section["reason"].flatMap { text($0.value, "a reason phrase") }
        if let reason, reason.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) {
            report.mistake(section["reason"]?.value.location ?? node.location, "a reason phrase is one line")
        }
        let headers = section["headers"].map { self.headers($0.value, scope) } ?? []
        // A coding goes over the whole body, so that it has to be in memory.
        let isCoded = headers.contains { $0.name.lowercased() == "transfer-encoding" }
        let body = bodies.first.map { self.body($0, scope, mayBeSentFromFile: !isCoded) } ?? .text(.literal(""))
        guard let status, let body else { return nil }
        return .message(status: status, reason: reason, headers: headers, body: body)
    }

    private func body(
        _ entry: Node.Entry, _ scope: TemplateScope, mayBeSentFromFile: Bool = false
    ) -> RawSpec.RawBody? {
        let node = entry.value
        if entry.key == "file" {
            guard let path = word(node, "a file's path") else { return nil }
            if mayBeSentFromFile, let large = largeFile(path) { return .file(large) }
            return file(path, node.location).map { .bytes($0) }
        }
        guard case .special(let special) = special(node, scope) else {
            if node.scalar == nil {
                let advice = "; JSON is written { $json: … }"
                report.mistake(node.location, "`\(entry.key)` is a text, found \(node.kindName)\(advice)")
                return nil
            }
            return template(node, "a text", scope).map { .text($0) }
        }
        switch special {
        case .bytes(let bytes): return .bytes(bytes)
        case .text(let template): return .text(template)
        case .repeated(let inner, let count):
            guard let template = template(inner, "a text to repeat", scope),
                makes(template.weight, count, node.location)
            else { return nil }
            guard let text = template.literal else {
                return .text(Template(Array(repeatElement(template.pieces, count: count).joined())))
            }
            return .bytes(Array(repeatElement(Array(text.utf8), count: count).joined()))
        case nil: return nil
        }
    }
}
