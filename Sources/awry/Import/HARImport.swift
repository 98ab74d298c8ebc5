// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryWire

/// A recording of a browser or a proxy (HTTP Archive 1.2): each request that is AWS's becomes a rule.
///
/// Requests with the same operation and the same parameters in their path are answered in the order of the recording;
/// the last answer stays.
enum HARImport {
    /// Headers that are made anew for each answer, or belong to the connection or to a body that the recording has
    /// decoded.
    private static let fresh: Set<String> = [
        "date", "content-length", "content-encoding", "transfer-encoding", "connection", "keep-alive",
    ]

    /// The recording as a scenario.
    static func scenarios(_ document: Value, name: String) throws(Refusal) -> [ImportedScenario] {
        guard let entries = document.fields?["log"]?.fields?["entries"]?.list else {
            throw Refusal("expected `log` with a list `entries`, as HAR recordings have it")
        }
        var rules: [ImportedRule] = []
        for (index, entry) in entries.enumerated() { rules.append(try rule(entry, place: "log.entries[\(index)]")) }
        var later: Set<Value> = []
        for index in rules.indices.reversed() {
            guard let match = rules[index].rule?["match"] else { continue }
            if !later.insert(match).inserted { rules[index].rule?["times"] = 1 }
        }
        return [ImportedScenario(name: name, description: "A HAR recording, imported.", rules: rules)]
    }

    private static func rule(_ entry: Value, place: String) throws(Refusal) -> ImportedRule {
        guard let request = entry.fields?["request"]?.fields.flatMap(HARRequest.init) else {
            throw Refusal("\(place).request: expected a request with `method` and `url`")
        }
        let label = "\(place) (\(request.label))"
        guard let match = request.match else {
            return ImportedRule(place: label, notes: ["\(label) is left out: it is no call of an AWS operation"])
        }
        guard let response = entry.fields?["response"]?.fields, let status = response["status"]?.integer else {
            throw Refusal("\(place).response: expected a response with `status`")
        }
        guard (100...999).contains(status) else {
            return ImportedRule(place: label, notes: ["\(label) is left out: no answer was recorded"])
        }
        let headers = HARRequest.headers(response)
        let content = response["content"]?.fields ?? [:]
        let text = content["text"]?.string ?? ""
        var body = Array(text.utf8)
        if content["encoding"]?.string == "base64" {
            guard let bytes = Base64.decode(text.utf8) else {
                return ImportedRule(place: label, notes: ["\(label) is left out: its body is not base64"])
            }
            body = bytes
        } else if text.isEmpty, let size = content["size"]?.integer, size > 0 {
            return ImportedRule(place: label, notes: ["\(label) is left out: the recording has not kept its body"])
        }
        var rule: Fields = ["match": .structure(match)]
        if (400...599).contains(status), let error = ReadError(headers: headers, body: body) {
            var parts: Fields = ["code": .string(error.code)]
            if let message = error.message { parts["message"] = .string(ImportedScenario.template(message)) }
            parts["status"] = .integer(status)
            rule["error"] = .structure(parts)
        } else {
            rule["raw"] = raw(status, headers, body)
        }
        return ImportedRule(place: label, rule: rule)
    }

    private static func raw(_ status: Int64, _ headers: [Header], _ body: [UInt8]) -> Value {
        var raw: Fields = ["status": .integer(status)]
        let kept = headers.filter { !fresh.contains($0.name.lowercased()) }
        if !kept.isEmpty {
            raw["headers"] = .list(kept.map { [.string($0.name), .string(ImportedScenario.template($0.value))] })
        }
        if let text = String(validating: body, as: UTF8.self) {
            if !text.isEmpty { raw["body"] = .string(ImportedScenario.template(text)) }
        } else {
            raw["body"] = ["$base64": .string(Base64.text(body))]
        }
        return .structure(raw)
    }
}
