// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Every key of the language: what the loader accepts and what the schema says. A new key is a line here and its
/// decoder.
enum Keys {
    static let scenario = KeyTable(
        noun: "a scenario",
        keys: [
            .init("scenario", "the scenario's name, unique among the loaded files", .formed(.name)),
            .init("description", "for people", .text),
            .init("seed", "makes probability, jitter and generated ids repeatable", .integer(min: 0, max: nil)),
            .init("setup", "calls made before the first request, in AWS's own terms", .list(.keys(setup))),
            .init("rules", "what goes wrong, asked from top to bottom", .list(.keys(rule))),
            .init("expect", "what the client must have done", .list(.keys(expectation))),
            .init("env", "variables that a program under test needs", .map(.template)),
            .init("options", "how the sandbox behaves", .keys(options)),
            .init("listeners", "ports that fail before there is a request", .list(.keys(listener))),
        ],
        required: ["scenario"],
        hints: [
            "name": "the scenario's name stands after `scenario:`", "match": "rules stand in a list after `rules:`",
            "error": "rules stand in a list after `rules:`",
        ])

    static let rule = KeyTable(
        noun: "a rule",
        keys: [
            .init("id", "the rule's name in the journal; else scenario#n", .formed(.name)),
            .init("match", "which requests", .named(.match)),
        ] + selection + outcomes + [
            .init("then", "what follows a sequence's last step", .choice(["next", "pass", "repeat", "last"]))
        ]
            + modifiers,
        required: ["match"],
        exclusive: outcomes.map(\.name),
        hints: ruleHints)

    static let selection: [KeyTable.Key] = [
        .init("times", "at most so many, then the rule is spent", .integer(min: 1, max: nil)),
        .init("nth", "those in these positions: 1-2,5,9-", .formed(.positions)),
        .init("every", "each so-many-th", .integer(min: 1, max: nil)),
        .init("attempts", "those attempts of each call: 1-2", .formed(.positions)),
        .init("probability", "that share, seeded", .number(min: 0, max: 1)),
        .init("after", "from so long after the load or last reset", .formed(.duration)),
        .init("until", "until so long after the load or last reset", .formed(.duration)),
        .init("above", "those beyond a rate", .either([.keys(bucket), .formed(.rate)])),
        .init("state", "only in this state of the scenario", .text),
        .init("become", "the state that firing moves the scenario to", .text),
        .init("per", "what positions and counts are kept apart by", .oneOrMore(.text)),
    ]

    static let outcomes: [KeyTable.Key] = [
        .init("error", "an AWS error, by code", .named(.error)),
        .init("respond", "a success with these output members", .map(.named(.value))),
        .init("raw", "an HTTP answer written by hand", .keys(raw)),
        .init("sequence", "one step each time the rule fires", .list(.named(.step))),
        .init("pass", "straight to the fake, past later rules", .boolean),
        .init("connection", "a broken conversation", .named(.connection)),
        .init("entries", "a batch that fails in part", .keys(entries)),
        .init("events", "an event stream that breaks", .keys(events)),
        .init("late", "a 200 whose body turns out to hold an error", .keys(late)),
        .init("lost", "carried out, but the client never hears of it", .either([.named(.connection), .keys(lost)])),
    ]

    static let modifiers: [KeyTable.Key] = [
        .init("delay", "how long before the answer's first byte", .named(.delay)),
        .init(
            "retryAfter", "Retry-After and x-amz-retry-after",
            .either([.formed(.seconds), .formed(.httpDate), .keys(retryAfter)])),
        .init("headers", "headers to set on the answer; null removes one", .named(.headers)),
        .init("bandwidth", "how fast the body goes out", .formed(.bandwidth)),
        .init(
            "corrupt", "what of the answer is damaged", .oneOrMore(.choice(Corruption.allCases.map(\.rawValue)))),
        .init("clockSkew", "how far the clock that the client sees is off", .formed(.negativeDuration)),
    ]

    private static let ruleHints: [String: String] = {
        var hints: [String: String] = [:]
        for key in match.names where !["headers"].contains(key) { hints[key] = "it belongs under `match:`" }
        for key in ["code", "status", "message", "type", "fields", "verbatim"] {
            hints[key] = "it belongs under `error:`"
        }
        for key in ["body", "reason", "file", "bytes"] {
            hints[key] = "it belongs under `raw:` (or, to match, under `match:`)"
        }
        hints["statusCode"] = "write `error: { status: … }` or `raw: { status: … }`"
        hints["count"] = "a rule is bounded by `times`; `count` belongs under `expect:`"
        hints["latency"] = "write `delay`"
        hints["rate"] = "write `above: { rate: … }`"
        hints["next"] = "`next` is a step of a `sequence`"
        return hints
    }()

    static let match = KeyTable(
        noun: "a match",
        keys: [
            .init("service", "botocore's service name; a glob or a list", .oneOrMore(.text)),
            .init("operation", "the model's operation name; a glob or a list", .oneOrMore(.text)),
            .init("params", "members of the request, by dotted path", .map(.named(.pattern))),
            .init("region", "from the credential scope", .named(.pattern)),
            .init("account", "the caller's account", .named(.pattern)),
            .init("accessKey", "the access key id", .named(.pattern)),
            .init("principal", "the caller's ARN", .named(.pattern)),
            .init("headers", "header fields of the request", .map(.named(.pattern))),
            .init("userAgent", "the User-Agent header", .named(.pattern)),
            .init("method", "the HTTP method", .named(.pattern)),
            .init("path", "the path as sent", .named(.pattern)),
            .init("host", "the Host header", .named(.pattern)),
            .init("body", "the body as text", .named(.pattern)),
        ],
        hints: ["parameters": "write `params`", "input": "write `params`", "action": "write `operation`"])

    static let pattern = KeyTable(
        noun: "a pattern",
        keys: [
            .init("equals", "exactly this", .anything),
            .init("glob", "`*` any run, `?` one character, `\\` escapes", .text),
            .init("regex", "matches anywhere; bounded in steps", .text),
            .init("contains", "holds this text", .text),
            .init("startsWith", "begins with this text", .text),
            .init("endsWith", "ends with this text", .text),
            .init("anyOf", "one of these patterns", .list(.named(.pattern))),
            .init("not", "not this pattern", .named(.pattern)),
            .init("exists", "is there at all", .boolean),
            .init("gt", "greater than", .number(min: -Double.infinity, max: .infinity)),
            .init("gte", "greater or equal", .number(min: -Double.infinity, max: .infinity)),
            .init("lt", "less than", .number(min: -Double.infinity, max: .infinity)),
            .init("lte", "less or equal", .number(min: -Double.infinity, max: .infinity)),
        ],
        hints: [
            "oneOf": "write `anyOf`", "in": "write `anyOf`", "matches": "write `regex`", "prefix": "write `startsWith`",
        ])

    static let bucket = KeyTable(
        noun: "a token bucket",
        keys: [
            .init("rate", "tokens gained: 5/s", .formed(.rate)),
            .init("burst", "the most it holds; else one second's worth", .number(min: 1, max: 1e9)),
        ],
        required: ["rate"])
}
