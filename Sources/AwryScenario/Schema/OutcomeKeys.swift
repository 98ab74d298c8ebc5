// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// The keys of outcomes, modifiers and their steps.
extension Keys {
    static let error = KeyTable(
        noun: "an error",
        keys: [
            .init("code", "an error's code, or `throttle`", .text),
            .init("message", "in place of AWS's usual message", .template),
            .init("status", "the HTTP status", .integer(min: 300, max: 599)),
            .init("type", "whose fault: Sender or Receiver", .choice(["Sender", "Receiver"])),
            .init("fields", "members of the error", .map(.named(.value))),
            .init("verbatim", "send the code exactly as written", .boolean),
        ],
        hints: ["name": "write `code`", "statusCode": "write `status`", "fault": "write `type`"])

    static let raw = KeyTable(
        noun: "a raw answer",
        keys: [
            .init("status", "the HTTP status", .integer(min: 100, max: 999)),
            .init("reason", "the reason phrase", .text),
            .init("headers", "headers; a list of pairs keeps order and repeats", .named(.headers)),
            .init("body", "the body", .either([.template, .keys(special)])),
            .init("bytes", "everything that is sent, from the first byte", .either([.template, .keys(special)])),
            .init("file", "a file that holds the body or the bytes", .text),
            .init("close", "whether the connection is closed afterwards", .boolean),
        ],
        hints: ["statusCode": "write `status`"])

    static let retryAfter = KeyTable(
        noun: "`retryAfter`",
        keys: [
            .init("seconds", "Retry-After alone", .integer(min: 0, max: 1_000_000_000)),
            .init("millis", "x-amz-retry-after alone", .integer(min: 0, max: 1_000_000_000)),
        ])

    static let delay = KeyTable(
        noun: "a delay",
        keys: [
            .init("min", "at least", .formed(.duration)),
            .init("max", "at most", .formed(.duration)),
            .init("median", "of a log-normal distribution", .formed(.duration)),
            .init("sigma", "of the distribution's logarithm", .number(min: 0, max: 10)),
            .init("before", "waits before the operation is carried out", .named(.delay)),
        ])

    /// A step of a sequence: an outcome with modifiers, or `next`.
    static let step = KeyTable(
        noun: "a step",
        keys: [.init("times", "how many firings the step lasts", .integer(min: 1, max: nil))]
            + outcomes.filter { $0.name != "sequence" }
            + [.init("next", "later rules are asked", .boolean)] + modifiers,
        exclusive: outcomes.map(\.name).filter { $0 != "sequence" } + ["next"],
        hints: [
            "sequence": "a step cannot be a sequence itself", "match": "it belongs to the rule",
            "code": "write `error: { code: … }`", "status": "write `error: { status: … }`",
        ])

    /// Values that YAML has no word for.
    static let special = KeyTable(
        noun: "a value beginning with `$`",
        keys: [
            .init("$file", "a file's contents, relative to this file", .text),
            .init("$base64", "bytes", .text),
            .init("$json", "a text holding this as JSON", .anything),
            .init("$repeat", "this, so many times", .anything),
            .init("count", "how many times", .integer(min: 0, max: 1_000_000)),
        ])

    static let connection = KeyTable(
        noun: "a connection fault",
        keys: [
            .init("fault", "what happens to the connection", .choice(FaultKind.all.map(\.name))),
            .init("after", "after so many bytes of the body", .integer(min: 0, max: mostBodyBytes)),
        ],
        required: ["fault"])

    /// A body is filled up to `after`, which must not take all memory.
    static let mostBodyBytes = 1 << 30

    static let entries = KeyTable(
        noun: "`entries`",
        keys: [
            .init("fail", "positions from 0", .list(.integer(min: 0, max: nil))),
            .init("first", "the first so many", .integer(min: 1, max: nil)),
            .init("share", "that share, seeded", .number(min: 0, max: 1)),
            .init("where", "entries whose members match", .either([.map(.named(.pattern)), .text])),
            .init("error", "the entries' error, unless they come back without one", .named(.error)),
        ],
        exclusive: entryChoices)

    /// Which entries: one of these.
    static let entryChoices = ["fail", "first", "share", "where"]

    static let events = KeyTable(
        noun: "`events`",
        keys: [
            .init("after", "so many events", .integer(min: 0, max: EventsSpec.most)),
            .init("error", "the error event", .named(.error)),
            .init("respond", "the output whose events come before it", .map(.named(.value))),
        ],
        required: ["error"])

    static let late = KeyTable(
        noun: "a late error", keys: [.init("error", "the error", .named(.error))], required: ["error"])

    /// `lost` with an error; with a connection fault it is `connection`.
    static let lost = KeyTable(
        noun: "a lost answer", keys: [.init("error", "what the client gets instead", .named(.error))],
        required: ["error"])
}
