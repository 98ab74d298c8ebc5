// SPDX-License-Identifier: Apache-2.0

/// The first thing that kept a rule from taking a request, in the order in which they are asked.
enum Condition: Sendable, Hashable {
    case spent
    case operation, region, account, accessKey, principal, method, path, host, userAgent
    /// The index into `Match.headers`.
    case header(Int)
    case body
    /// The index into `Match.params`.
    case param(Int)
    case state, window, attempts
    case nth, every, above, probability

    /// As a user knows it: `params.StreamName`, `nth`.
    func name(in match: Match) -> String {
        switch self {
        case .spent: "times"
        case .header(let index): match.headers.indices.contains(index) ? "headers.\(match.headers[index].name)" : ""
        case .param(let index):
            match.params.indices.contains(index) ? "params." + match.params[index].path.joined(separator: ".") : ""
        default: "\(self)"
        }
    }
}

/// What asking one rule about one request came to.
enum Verdict: Sendable {
    /// A fact does not hold: the rule is untouched.
    case unmet(Condition)
    /// The request had a position, and the rule does not take it.
    case notSelected(Condition, position: Int)
    /// The rule fires.
    case fired(Firing.Place)
}
