// SPDX-License-Identifier: Apache-2.0

/// The parts of an ARN, `arn:partition:service:region:account:resource` (IAM User Guide, "Amazon Resource Names").
public struct ARN: Sendable, Hashable {
    /// `aws`, `aws-cn`, `aws-us-gov` …
    public let partition: Substring
    /// `s3`, `iam` …
    public let service: Substring
    /// Empty where the service is the same in every region.
    public let region: Substring
    /// Empty where names are everybody's, as a bucket's.
    public let account: Substring
    /// All that follows, with its colons.
    public let resource: Substring

    /// Nil where a text does not begin with `arn:` or has fewer than six parts.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "arn" else { return nil }
        partition = parts[1]
        service = parts[2]
        region = parts[3]
        account = parts[4]
        resource = parts[5]
    }

    /// What follows the resource's last slash: a user's or a role's name without its path. Nil where nothing does.
    public var name: Substring? { resource.split(separator: "/").last }
}

/// AWS's account ids: twelve digits.
public enum AccountID {
    /// Whether a text is one.
    public static func isValid(_ text: some StringProtocol) -> Bool {
        text.utf8.count == 12 && text.utf8.allSatisfy(\.isDigit)
    }
}
