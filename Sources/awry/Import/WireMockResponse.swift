// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// What a stub mapping of WireMock's answers, as a rule's outcome and modifiers.
struct WireMockResponse {
    /// Nil where a rule cannot answer so.
    private(set) var outcome: Fields? = [:]
    private(set) var notes: [String] = []
    private let place: String

    private static let keys = [
        "status", "statusMessage", "headers", "body", "jsonBody", "base64Body", "fixedDelayMilliseconds",
        "delayDistribution", "fault", "transformers", "bodyFileName",
    ]
    /// WireMock's faults by the names that they have here.
    private static let faults = [
        "CONNECTION_RESET_BY_PEER": "reset", "EMPTY_RESPONSE": "close", "MALFORMED_RESPONSE_CHUNK": "badChunk",
        "RANDOM_DATA_THEN_CLOSE": "garbage",
    ]

    init(_ response: Fields, place: String) {
        self.place = place
        if response["proxyBaseUrl"] != nil {
            notes.append("\(place) is left out: it passes requests on, which is `awry serve --upstream`'s work")
            outcome = nil
            return
        }
        notes = ImportedScenario.leftOut(response, except: Self.keys, of: place)
        if response["transformers"]?.list?.isEmpty == false {
            notes.append("`transformers` of \(place) are not taken over: texts are sent as they are written")
        }
        if let name = response["bodyFileName"] {
            notes.append(
                "\(place) is left out: its body is in a file, \(JSON.text(name)), which `raw: { file: … }` can send")
            outcome = nil
            return
        }
        if let fault = response["fault"] {
            guard let name = fault.string.flatMap({ Self.faults[$0] }) else {
                let known = Self.faults.keys.sorted().joined(separator: ", ")
                notes.append("\(place) is left out: `fault` is none of \(known)")
                outcome = nil
                return
            }
            outcome = ["connection": .string(name)]
        } else {
            outcome = ["raw": .structure(raw(response))]
        }
        if let delay = delay(response) { outcome?["delay"] = delay }
    }

    private mutating func raw(_ response: Fields) -> Fields {
        var raw: Fields = ["status": response["status"] ?? 200]
        if let reason = response["statusMessage"] { raw["reason"] = reason }
        if let value = response["headers"] {
            var pairs: [Value] = []
            for (name, value) in value.fields ?? [:] {
                for value in value.list ?? [value] {
                    guard let text = value.string else {
                        leaveOut("headers.\(name)", "a text, or a list of them")
                        continue
                    }
                    pairs.append([.string(name), .string(ImportedScenario.template(text))])
                }
            }
            if value.fields == nil { leaveOut("headers", "a mapping") }
            if !pairs.isEmpty { raw["headers"] = .list(pairs) }
        }
        if let json = response["jsonBody"] {
            raw["body"] = .string(ImportedScenario.template(JSON.text(json)))
        } else if let base64 = response["base64Body"] {
            raw["body"] = ["$base64": base64]
        } else if let body = response["body"] {
            if let text = body.string {
                raw["body"] = .string(ImportedScenario.template(text))
            } else {
                leaveOut("body", "a text")
            }
        }
        return raw
    }

    private mutating func leaveOut(_ name: String, _ expected: String) {
        notes.append("`\(name)` of \(place) is not taken over: expected \(expected)")
    }

    private mutating func delay(_ response: Fields) -> Value? {
        if let fixed = response["fixedDelayMilliseconds"], fixed != .null {
            guard let milliseconds = fixed.integer, milliseconds >= 0 else {
                leaveOut("fixedDelayMilliseconds", "milliseconds")
                return nil
            }
            return .string("\(milliseconds)ms")
        }
        guard let value = response["delayDistribution"], value != .null else { return nil }
        let spread = value.fields ?? [:]
        switch spread["type"]?.string {
        case "uniform":
            if let lower = spread["lower"]?.integer, let upper = spread["upper"]?.integer {
                return ["min": .string("\(lower)ms"), "max": .string("\(upper)ms")]
            }
        case "lognormal":
            if let median = spread["median"]?.integer, let sigma = spread["sigma"] {
                return ["median": .string("\(median)ms"), "sigma": sigma]
            }
        default: break
        }
        leaveOut("delayDistribution", "`uniform` with `lower` and `upper`, or `lognormal` with `median` and `sigma`")
        return nil
    }
}
