// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// WireMock's stub mappings (its documentation, "Stubbing" and "Stateful behaviour"): one, or `{ mappings: […] }`.
///
/// Stubs are asked by priority, 1 first, and in the order of the file where it is the same. Each of WireMock's
/// scenarios has states of its own, and so becomes a scenario of its own.
enum WireMockImport {
    /// What only WireMock's own interface needs.
    private static let bookkeeping = ["id", "uuid", "persistent", "insertionIndex", "metadata"]
    private static let keys =
        bookkeeping + [
            "name", "request", "response", "priority", "scenarioName", "requiredScenarioState", "newScenarioState",
        ]
    /// The priority of a stub that says none.
    private static let usualPriority: Int64 = 5

    private struct Stub {
        let group: String?
        let priority: Int64
        let rule: ImportedRule
    }

    /// The stubs as scenarios, one for each of WireMock's and one for those that belong to none.
    static func scenarios(_ document: Value, name: String) throws(Refusal) -> [ImportedScenario] {
        let stubs = try mappings(document).enumerated().map { index, mapping throws(Refusal) in
            try stub(mapping, place: "mappings[\(index)]")
        }
        let sorted = stubs.enumerated().sorted {
            ($0.element.priority, $0.offset) < ($1.element.priority, $1.offset)
        }.map(\.element)
        var groups: [String?] = []
        for stub in sorted where !groups.contains(stub.group) { groups.append(stub.group) }
        var names: Set<String> = []
        var scenarios: [ImportedScenario] = []
        for group in groups {
            let wanted = ImportedScenario.name(group.map { "\(name)-\($0)" } ?? name)
            var free = wanted
            var number = 2
            while names.contains(free) {
                free = "\(wanted)-\(number)"
                number += 1
            }
            names.insert(free)
            scenarios.append(
                ImportedScenario(
                    name: free,
                    description: group.map { "WireMock's scenario \($0), imported." }
                        ?? "WireMock's stub mappings, imported.",
                    rules: sorted.filter { $0.group == group }.map(\.rule)))
        }
        if scenarios.isEmpty {
            return [ImportedScenario(name: name, description: "WireMock's stub mappings, imported.", rules: [])]
        }
        let places = sorted.compactMap { groups.firstIndex(of: $0.group) }
        if places != places.sorted() {
            scenarios[0].notes.append(
                "priorities hold within a scenario alone: the scenarios of this file are asked one after the other")
        }
        return scenarios
    }

    private static func mappings(_ document: Value) throws(Refusal) -> [Value] {
        guard let fields = document.fields else {
            throw Refusal("expected a stub mapping, or `mappings` with a list of them, found \(document.kindName)")
        }
        guard let mappings = fields["mappings"] else {
            guard fields["request"] != nil || fields["response"] != nil else {
                throw Refusal("expected `mappings`, or `request` and `response` of a stub mapping")
            }
            return [document]
        }
        guard let list = mappings.list else {
            throw Refusal("mappings: expected a list, found \(mappings.kindName)")
        }
        return list
    }

    private static func stub(_ mapping: Value, place: String) throws(Refusal) -> Stub {
        guard let fields = mapping.fields else {
            throw Refusal("\(place): expected a stub mapping, found \(mapping.kindName)")
        }
        func part(_ name: String) throws(Refusal) -> Fields {
            guard let value = fields[name] else { return [:] }
            guard let part = value.fields else {
                throw Refusal("\(place).\(name): expected a mapping, found \(value.kindName)")
            }
            return part
        }
        let label = fields["name"]?.string.map { "\(place) (\($0))" } ?? place
        var notes = ImportedScenario.leftOut(fields, except: keys, of: label)
        let request = WireMockRequest(try part("request"), place: label)
        let response = WireMockResponse(try part("response"), place: label)
        notes += request.notes + response.notes
        let group = fields["scenarioName"]?.string
        let priority = fields["priority"]?.integer ?? usualPriority
        guard let outcome = response.outcome else {
            return Stub(group: group, priority: priority, rule: ImportedRule(place: label, notes: notes))
        }
        var rule: Fields = ["match": .structure(request.match)]
        for (from, to) in [("requiredScenarioState", "state"), ("newScenarioState", "become")] {
            guard let state = fields[from] else { continue }
            if let text = state.string, group != nil {
                rule[to] = .string(Self.state(text))
            } else {
                notes.append("`\(from)` of \(label) is not taken over: it needs a text, and a `scenarioName`")
            }
        }
        for (name, value) in outcome { rule[name] = value }
        return Stub(group: group, priority: priority, rule: ImportedRule(place: label, notes: notes, rule: rule))
    }

    /// WireMock's scenarios begin in `Started`, Awry's in `start`.
    private static func state(_ name: String) -> String {
        switch name {
        case "Started": "start"
        case "start": "wiremock-start"
        default: name
        }
    }
}
