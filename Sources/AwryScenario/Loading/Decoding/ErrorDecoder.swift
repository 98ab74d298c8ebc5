// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

extension ScenarioDecoder {
    /// `error:` as a code, a status or a mapping. `ofEntry`: an entry's, whose codes and members are not those that
    /// operations model for whole requests.
    func error(_ node: Node, _ scope: TemplateScope, ofEntry: Bool = false) -> ErrorSpec? {
        var spec = ErrorSpec(code: nil, location: node.location)
        var codeLocation = node.location
        var fields: Node.Entry?
        if node.entries != nil {
            guard let section = open(node, Keys.error) else { return nil }
            spec.status = section["status"].flatMap { integer($0, 300...599) }
            if let code = section["code"] {
                codeLocation = code.value.location
                readCode(code.value, into: &spec)
            } else if spec.status == nil, !section.entries.isEmpty || node.entries?.isEmpty == true {
                report.mistake(node.location, "an error needs a `code` or a `status`")
                return nil
            }
            spec.message = section["message"].flatMap { template($0.value, "a message", scope) }
            spec.fault = section["type"].flatMap { fault($0.value) }
            spec.isVerbatim = section["verbatim"].flatMap { boolean($0.value, called: "`verbatim`") } ?? false
            fields = section["fields"]
        } else {
            readCode(node, into: &spec)
        }
        guard spec.code != nil || spec.isThrottle || spec.status != nil else { return nil }
        var known: (error: KnownError, service: Service)?
        if !ofEntry, case .request(let reach) = scope { known = checkError(spec, reach, codeLocation) }
        if let fields { spec.fields = self.fields(fields.value, known, spec, scope) }
        return spec
    }

    /// `Sender` or `Receiver`, the query protocols' words.
    private func fault(_ node: Node) -> Fault? {
        let meant = ["client": "Sender", "caller": "Sender", "server": "Receiver", "service": "Receiver"]
        if let word = node.scalar.flatMap({ meant[$0.text.lowercased()] }) {
            report.mistake(
                node.location, "`type` cannot be \(Node.Scalar.shown(node.scalar?.text ?? "")); write `\(word)`")
            return nil
        }
        return choice(node, ["Sender", "Receiver"], called: "`type`").map { $0 == "Sender" ? .client : .server }
    }

    /// A code, `throttle`, or a status by number.
    private func readCode(_ node: Node, into spec: inout ErrorSpec) {
        guard let text = word(node, "an error's code, `throttle`, or a status") else { return }
        if text == "throttle" {
            spec.isThrottle = true
        } else if let status = Int(text) {
            guard (300...599).contains(status) else {
                report.mistake(node.location, "an error's status is between 300 and 599, found \(text)")
                return
            }
            spec.status = status
        } else if text.unicodeScalars.contains(where: { $0.value <= 0x20 || $0.value == 0x7F }) {
            report.mistake(
                node.location,
                "a code holds no spaces, found \(Node.Scalar.shown(text)); write { code: …, message: … }"
            )
        } else {
            spec.code = text
        }
    }

    /// Whether a key names what stands beside `fields`. In JSON some errors have members of these names
    /// (AWS Lambda's `Type`); in XML such a member is the code or the type itself.
    private func isReserved(_ key: String, _ known: (error: KnownError, service: Service)?) -> Bool {
        switch key {
        case "message", "Message", "__type": return true
        case "Code", "code", "Type":
            guard let (error, service) = known, error.shapeRef?.member(key) != nil else { return true }
            return ![.json, .restJSON, .cbor].contains(service.metadata.protocols.first)
        default: return false
        }
    }

    private func fields(
        _ node: Node, _ known: (error: KnownError, service: Service)?, _ spec: ErrorSpec, _ scope: TemplateScope
    ) -> [(name: String, value: TemplatedValue)] {
        guard let entries = mapping(node, "members of the error") else { return [] }
        return entries.compactMap { entry in
            if isReserved(entry.key, known) {
                let key = entry.key.hasSuffix("ype") ? "type" : entry.key.lowercased()
                report.mistake(entry.keyLocation, "`\(entry.key)` is no member; write `\(key)` beside `fields`")
                return nil
            }
            if let (error, service) = known {
                if let member = error.shapeRef?.member(entry.key) {
                    return value(entry.value, member.shape, service, scope, "`\(entry.key)`").map { (entry.key, $0) }
                }
                if !error.memberNames.contains(entry.key), !spec.isVerbatim {
                    let names = error.memberNames.filter { $0.lowercased() != "message" }
                    let near = Words.question(for: entry.key, among: names, orAll: "there are")
                    report.mistake(
                        entry.keyLocation,
                        "the error \(error.code) has no member \(Node.Scalar.shown(entry.key))\(near)")
                    return nil
                }
            }
            return untyped(entry.value, scope).map { (entry.key, $0) }
        }
    }
}
