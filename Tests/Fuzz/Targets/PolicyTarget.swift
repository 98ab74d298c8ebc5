// SPDX-License-Identifier: Apache-2.0

import AwryPolicy

/// Policy documents, and the judging of requests by those that read.
enum PolicyTarget: FuzzTarget {
    static let name = "policy"
    static let dictionary = [
        "\"Version\":\"2012-10-17\"", "\"Statement\":", "\"Effect\":\"Deny\"", "\"NotAction\":", "\"NotResource\":",
        "\"NotPrincipal\":", "{\"AWS\":\"111122223333\"}", "\"Condition\":", "ForAllValues:", "ForAnyValue:",
        "IfExists",
        "StringNotLike", "NumericLessThan", "DateGreaterThan", "NotIpAddress", "ArnLike", "BinaryEquals", "\"Null\"",
        "${aws:username}", "${aws:x, 'y'}", "${*}", "${", "*", "?", "arn:aws:s3:::", "::/0", "10.0.0.0/33", "\\u0000",
    ]

    private static let keys = GivenKeys([
        "aws:username": ["alice"], "aws:SourceIp": ["10.1.2.3"], "aws:TagKeys": ["a", "b"], "s3:prefix": [""],
        "aws:CurrentTime": ["2026-03-01T12:00:00Z"],
    ])

    static func run(_ bytes: [UInt8]) throws(Violation) -> UInt64 {
        let text = String(decoding: bytes, as: UTF8.self)
        let policy: Policy
        do throws(PolicyMistake) {
            policy = try Policy(text, as: .any)
        } catch {
            if error.place.line < 1 || error.place.column < 1 { throw Violation("a mistake at \(error.place)") }
            return kind(error.message)
        }
        _ = Policy.mistakes(in: text, as: .trust)
        for index in policy.statements.indices where policy.place(ofStatement: index) == nil {
            throw Violation("statement \(index) stands nowhere")
        }
        let set = PolicySet("fuzzed", policy)
        let layers = [
            PolicyLayers(identity: set), PolicyLayers(resource: set), PolicyLayers(identity: set, boundary: set),
            PolicyLayers(identity: set, session: set, resource: set, resourceRule: .mustAllow),
        ]
        var seen = ""
        for layer in layers {
            let request = PolicyRequest(
                action: "s3:GetObject", resource: "arn:aws:s3:::b/k",
                principal: .user("arn:aws:iam::111122223333:user/alice"), resourceAccount: "111122223333", keys: keys)
            let (decision, trace) = (layer.judge(request), layer.trace(request))
            if decision.outcome != trace.decision.outcome { throw Violation("judged twice, and not alike") }
            // What the index of actions leaves out must be what does not match.
            let denies = trace.steps.contains { $0.effect == .deny && $0.failed == nil }
            if denies != (decision.outcome == .explicitDeny) { throw Violation("a denial was overlooked, or made up") }
            seen += " \(decision.outcome.rawValue)"
        }
        return kind(seen + policy.contextKeys.joined())
    }
}
