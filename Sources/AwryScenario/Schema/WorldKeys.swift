// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// The keys of the world around the rules: setup, options, expectations, listeners.
extension Keys {
    /// What may stand beside the one key that names a setup call.
    static let setup = KeyTable(
        noun: "a setup call",
        keys: [
            .init("as", "names the output for ${name.Member}", .formed(.name)),
            .init("account", "12 digits; else 123456789012", .formed(.account)),
            .init("region", "else us-east-1", .text),
        ],
        others: (.shorthand, "the call, with its input in AWS's own terms", .either([.map(.named(.value)), .null])))

    static let options = KeyTable(
        noun: "`options`",
        keys: [
            .init("clock", "where the sandbox's clock starts", .formed(.moment)),
            .init("frozen", "whether that clock stands still", .boolean),
            .init("auth", "how requests are authenticated", .choice(["off", "verify", "enforce"])),
            .init(
                "quotas", "AWS's limits as token buckets, or rates by name beside `defaults: aws`",
                .either([.choice(["aws", "off"]), .map(.text)])),
            .init("propagation", "changes that take effect late", .keys(propagation)),
            .init("transitions", "how long CREATING and its like last", .map(.formed(.duration))),
            .init(
                "kms", "what keeps KMS keys from use, by id, alias or ARN",
                .map(.choice(KMSKeyState.allCases.map(\.rawValue)))),
            .init("delivery", "how standard queues deliver", .keys(delivery)),
            .init(
                "issuers", "whose web identity tokens STS takes, with their keys (RFC 7517)",
                .map(.either([.keys(keySet), .list(.map(.named(.value)))]))),
            .init("organization", "what the accounts' organisation lets them do", .keys(organization)),
        ])

    /// A key set of RFC 7517, or the file that holds it.
    static let keySet = KeyTable(
        noun: "a key set",
        keys: [
            .init("keys", "the keys: RSA (`n`, `e`) or EC (`crv`, `x`, `y`)", .list(.map(.named(.value)))),
            .init("$file", "the file that holds the set, as JSON", .text),
        ],
        exclusive: ["keys", "$file"])

    static let organization = KeyTable(
        noun: "`organization`",
        keys: [
            .init("id", "what `aws:PrincipalOrgID` is, such as o-a1b2c3d4e5", .text),
            .init("accounts", "its members; without them every account is one", .list(.formed(.account))),
            .init("managementAccount", "the account that the policies do not touch", .formed(.account)),
            .init(
                "serviceControlPolicies",
                "for each level from the root to the account a policy, or a list of them; each level must allow",
                .list(.either([policy, .list(policy)]))),
            .init("resourceControlPolicies", "policies that deny", .list(policy)),
        ])

    /// A policy document, a file that holds one, or AWS's own by its name.
    private static let policy = Form.either([.choice([OrganizationDecoder.fullAccess]), .map(.named(.value))])

    static let propagation = KeyTable(
        noun: "`propagation`",
        keys: [.init("iam", "how long new keys, roles and trust policies take at most", .formed(.duration))])

    static let delivery = KeyTable(
        noun: "`delivery`",
        keys: [
            .init("duplicates", "the share delivered twice", .number(min: 0, max: 1)),
            .init("disorder", "out of order", .boolean),
            .init(
                "inFlight", "how many messages of a queue may be in flight, FIFO queues' too",
                .integer(min: 1, max: QueueDelivery.mostInFlight)),
            .init("lag", "how old approximate counts may be, at most 1m", .formed(.duration)),
        ])

    static let expectation = KeyTable(
        noun: "an expectation",
        keys: [
            .init("match", "which requests", .named(.match)),
            .init("count", "how many requests", .formed(.count)),
            .init("calls", "how many logical calls", .formed(.count)),
            .init("attempts", "how many requests each call", .formed(.count)),
            .init(
                "backoff", "the rule set whose bounds every gap keeps",
                .choice(RetryRuleSet.all.map(\.name))),
            .init("gaps", "the gaps between attempts, said outright", .list(.formed(.durationRange))),
            .init("obeys", "no attempt earlier than asked for", .either([.choice(["retryAfter"]), .keys(obeys)])),
            .init("ends", "success, connection or an error code", .text),
            .init("within", "from the first attempt to the last byte", .formed(.seconds)),
            .init("order", "the first request of each comes in this order", .list(.named(.match))),
        ],
        hints: ["times": "how many requests is `count`", "error": "what a call ends in is `ends`"])

    static let obeys = KeyTable(
        noun: "`obeys`",
        keys: [.init("retryAfter", "strict fails also where the rule set does not read it", .choice(["strict"]))],
        required: ["retryAfter"])

    static let listener = KeyTable(
        noun: "a listener",
        keys: [
            .init("port", "the port", .integer(min: 1, max: 65_535)),
            .init(
                "fault", "how it fails",
                .choice(ListenerFault.allCases.map(\.rawValue))),
            .init("after", "from so long after the load", .formed(.duration)),
            .init("until", "until so long after the load", .formed(.duration)),
        ],
        required: ["port", "fault"])

    /// What a name stands for.
    static func form(_ name: Form.Name) -> Form {
        switch name {
        case .pattern: .either([.text, .keys(pattern)])
        case .match: .either([.formed(.shorthand), .list(.formed(.shorthand)), .keys(match)])
        case .error: .either([.integer(min: 300, max: 599), .text, .keys(error)])
        case .step: .either([.choice(["pass", "next"]), .keys(step)])
        case .value: .anything
        case .delay: .either([.formed(.duration), .keys(delay)])
        case .connection: .either([.choice(FaultKind.all.map(\.name)), .keys(connection)])
        case .texts: .either([.text, .list(.text)])
        case .headers:
            .either([.map(.either([.template, .null])), .list(.either([.list(.template), .map(.template)]))])
        }
    }
}
