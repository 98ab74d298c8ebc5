// SPDX-License-Identifier: Apache-2.0

extension OpenAPI {
    private static let journal = ["service", "operation", "status", "error", "rule", "invocation", "id", "since"]
    private static let json = "application/json"
    private static let yaml = "application/yaml"
    private static let mistakes = (422, "mistakes, each with its line and column")

    /// By method and path. A test sees to it that no endpoint is without one.
    static let descriptions: [String: Description] = [
        "GET ": Description(summary: "the console, for browsers", isScoped: false, answer: "text/html"),
        "GET health": Description(summary: "whether the server is ready", isScoped: false),
        "GET version": Description(summary: "what this is", isScoped: false),
        "GET metrics": Description(summary: "counts for Prometheus", isScoped: false, answer: "text/plain"),
        "GET openapi.json": Description(summary: "this document", isScoped: false),
        "POST reset": Description(summary: "take state, rules, journal and clock back to their beginning", body: json),
        "GET env": Description(summary: "what the scenarios say that a program needs to know", query: ["format"]),
        "GET scenarios": Description(summary: "the loaded scenarios"),
        "GET scenarios/*": Description(summary: "one of them", statuses: [(200, "it"), (404, "there is none")]),
        "PUT scenarios": Description(
            summary: "load a scenario", body: yaml, statuses: [(200, "loaded"), mistakes]),
        "PUT scenarios/*": Description(
            summary: "load a scenario", body: yaml, statuses: [(200, "loaded"), mistakes]),
        "DELETE scenarios/*": Description(
            summary: "remove a scenario", statuses: [(204, "removed"), (404, "there is none")]),
        "GET scenarios/*/state": Description(
            summary: "a scenario's state", statuses: [(200, "it"), (404, "there is no such scenario")]),
        "PUT scenarios/*/state": Description(
            summary: "move a scenario to a state", body: json,
            statuses: [(200, "moved"), (404, "there is no such scenario"), (422, "no rule knows such a state")]),
        "GET rules": Description(summary: "all rules in the order in which they are asked"),
        "POST rules": Description(
            summary: "add rules ahead of all others", body: yaml, statuses: [(201, "added"), mistakes]),
        "DELETE rules/*": Description(
            summary: "remove an ad hoc rule", statuses: [(204, "removed"), (404, "there is none")]),
        "GET requests": Description(summary: "the journal, newest last", query: journal + ["wait", "count"]),
        "GET events": Description(
            summary: "what happens, as server-sent events: requests as they end, and changes", query: ["heartbeat"],
            statuses: [(200, "events, without end"), (503, "too many listen")], answer: "text/event-stream"),
        "GET calls": Description(
            summary: "the journal by what programs asked their SDKs for", query: journal + ["format"]),
        "POST verify": Description(
            summary: "judge what is expected of the client", query: ["format"], body: yaml,
            statuses: [(200, "all holds"), (409, "what differs"), mistakes]),
        "GET explain": Description(
            summary: "why each rule did or did not take a request", query: ["request"],
            statuses: [(200, "the reasons"), (404, "there is no such request")]),
        "GET clock": Description(summary: "the sandbox's clock"),
        "POST clock": Description(summary: "set, advance, freeze or run it", body: json),
        "GET sandboxes": Description(summary: "the sandboxes that live", isScoped: false),
        "GET sandboxes/*": Description(
            summary: "one of them", isScoped: false, statuses: [(200, "it"), (404, "there is none")]),
        "PUT sandboxes/*": Description(
            summary: "make a sandbox, with chosen scenarios", isScoped: false, body: json,
            statuses: [(200, "made anew"), (201, "made"), (422, "no such scenario is available")]),
        "DELETE sandboxes/*": Description(
            summary: "drop a sandbox", isScoped: false, statuses: [(204, "dropped"), (404, "there is none")]),
        "GET messages": Description(
            summary: "what would have gone out by SMS or e-mail, oldest first", query: ["channel", "to"]),
        "GET packs": Description(summary: "the names of the ready scenarios", isScoped: false),
        "GET packs/*": Description(
            summary: "a ready scenario's text", isScoped: false, statuses: [(200, "it"), (404, "there is none")],
            answer: yaml),
        "GET catalog": Description(summary: "the names of all services", isScoped: false),
        "GET catalog/*": Description(
            summary: "a service and its operations", isScoped: false, statuses: [(200, "it"), (404, "there is none")]),
        "GET catalog/*/*": Description(
            summary: "an operation: its shapes with their limits, and what can go wrong", isScoped: false,
            statuses: [(200, "it"), (404, "there is none")]),
    ]
}
