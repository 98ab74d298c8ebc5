// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// What a stub mapping of WireMock's asks of a request, as `match` has it.
struct WireMockRequest {
    private(set) var match = Fields()
    private(set) var notes: [String] = []
    private let place: String

    private static let keys = [
        "method", "url", "urlPath", "urlPattern", "urlPathPattern", "headers", "bodyPatterns",
    ]

    init(_ request: Fields, place: String) {
        self.place = place
        for (name, value) in request where !Self.keys.contains(name) {
            leaveOut(name, value.fields?.isEmpty == true ? nil : "a match has nothing like it")
        }
        if let method = request["method"] {
            if let text = method.string {
                if text != "ANY" { match["method"] = .string(text) }
            } else {
                leaveOut("method")
            }
        }
        for name in ["url", "urlPath", "urlPattern", "urlPathPattern"] {
            if let value = request[name] { addPath(name, value) }
        }
        addHeaders(request["headers"])
        addBody(request["bodyPatterns"])
        if match.isEmpty { match["path"] = "*" }
    }

    private mutating func leaveOut(_ name: String, _ why: String? = "it is not of the kind that was expected") {
        guard let why else { return }
        notes.append("`\(name)` of \(place) is not taken over, so the rule takes more requests than the stub: \(why)")
    }

    private mutating func addPath(_ name: String, _ value: Value) {
        guard let text = value.string else { return leaveOut(name) }
        switch name {
        case "urlPath": match["path"] = ImportedScenario.exactly(text)
        case "urlPathPattern": match["path"] = ["regex": .string(Self.whole(text))]
        case "url":
            let path = text.prefix { $0 != "?" }
            match["path"] = ImportedScenario.exactly(String(path))
            if path.count < text.count { leaveOut("url: its query", "`path` is without the query") }
        default:
            guard !text.contains("\\?"), !text.contains("[?]") else {
                return leaveOut(name, "it asks for a query, and `path` is without the query")
            }
            match["path"] = ["regex": .string(Self.whole(text))]
        }
    }

    private mutating func addHeaders(_ value: Value?) {
        guard let value else { return }
        guard let headers = value.fields else { return leaveOut("headers") }
        var patterns = Fields()
        for (name, value) in headers {
            if let pattern = pattern(value, "headers.\(name)") { patterns[name] = pattern }
        }
        if !patterns.isEmpty { match["headers"] = .structure(patterns) }
    }

    private mutating func addBody(_ value: Value?) {
        guard let value else { return }
        guard let list = value.list else { return leaveOut("bodyPatterns") }
        let patterns = list.enumerated().compactMap { pattern($0.element, "bodyPatterns[\($0.offset)]") }
        switch patterns.count {
        case 0: break
        case 1: match["body"] = patterns[0]
        // All must hold: none may fail.
        default: match["body"] = ["not": ["anyOf": .list(patterns.map { ["not": $0] })]]
        }
    }

    /// A pattern for a header or the body; nil, and a note, where there is none like it.
    private mutating func pattern(_ value: Value, _ name: String) -> Value? {
        guard var fields = value.fields else {
            leaveOut(name)
            return nil
        }
        let ignoresCase = fields["caseInsensitive"]?.bool == true
        fields["caseInsensitive"] = nil
        guard let (kind, wanted) = fields.first(where: { _ in true }), fields.count == 1 else {
            leaveOut(name, "expected one comparison")
            return nil
        }
        if kind == "absent" { return ["exists": .bool(wanted.bool == false)] }
        guard let text = wanted.string else {
            leaveOut(name, "there is no pattern like `\(kind)`")
            return nil
        }
        switch kind {
        case "equalTo" where ignoresCase: return ["regex": .string("(?i)" + Self.whole(Self.escaped(text)))]
        case "equalTo": return ImportedScenario.exactly(text)
        case "contains": return ["contains": .string(text)]
        case "doesNotContain": return ["not": ["contains": .string(text)]]
        case "matches": return ["regex": .string(Self.whole(text))]
        case "doesNotMatch": return ["not": ["regex": .string(Self.whole(text))]]
        default:
            leaveOut(name, "there is no pattern like `\(kind)`")
            return nil
        }
    }

    /// A regular expression that, as WireMock's do, takes the whole value.
    private static func whole(_ regex: String) -> String { "\\A(?:\(regex))\\z" }

    /// A regular expression that takes just this text.
    private static func escaped(_ text: String) -> String {
        text.map { "\\^$.|?*+()[]{}".contains($0) ? "\\\($0)" : String($0) }.joined()
    }
}
