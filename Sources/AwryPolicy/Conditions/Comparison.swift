// SPDX-License-Identifier: Apache-2.0

/// How a condition compares one value of the request with one of the policy (IAM User Guide, "IAM JSON policy elements:
/// Condition operators").
enum Comparison: String, Sendable, CaseIterable {
    case stringEquals = "StringEquals"
    case stringEqualsIgnoreCase = "StringEqualsIgnoreCase"
    case stringLike = "StringLike"
    case numericEquals = "NumericEquals"
    case numericLessThan = "NumericLessThan"
    case numericLessThanEquals = "NumericLessThanEquals"
    case numericGreaterThan = "NumericGreaterThan"
    case numericGreaterThanEquals = "NumericGreaterThanEquals"
    case dateEquals = "DateEquals"
    case dateLessThan = "DateLessThan"
    case dateLessThanEquals = "DateLessThanEquals"
    case dateGreaterThan = "DateGreaterThan"
    case dateGreaterThanEquals = "DateGreaterThanEquals"
    case bool = "Bool"
    case binaryEquals = "BinaryEquals"
    case ipAddress = "IpAddress"
    case arnEquals = "ArnEquals"
    case arnLike = "ArnLike"
    case null = "Null"

    /// What the negated ones are called: they hold where the others do not.
    static let negated: [String: Comparison] = [
        "StringNotEquals": .stringEquals, "StringNotEqualsIgnoreCase": .stringEqualsIgnoreCase,
        "StringNotLike": .stringLike, "NumericNotEquals": .numericEquals, "DateNotEquals": .dateEquals,
        "NotIpAddress": .ipAddress, "ArnNotEquals": .arnEquals, "ArnNotLike": .arnLike,
    ]

    /// How the policy's text is read for it.
    func reading(_ version: Policy.Version) -> Pattern.Reading {
        let variables: Pattern.Reading = version == .v2012 ? .variables : []
        switch self {
        case .stringLike, .arnEquals, .arnLike: return variables.union(.wildcards)
        case .stringEquals, .stringEqualsIgnoreCase: return variables
        // Only texts and ARNs may hold variables ("IAM policy elements: Variables and tags").
        default: return []
        }
    }
}
