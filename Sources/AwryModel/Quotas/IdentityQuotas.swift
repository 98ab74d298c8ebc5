// SPDX-License-Identifier: Apache-2.0

extension Quota {
    /// "IAM and AWS STS quotas" of the IAM User Guide: what an account may ask of STS in a region, over these
    /// operations together.
    static let sts: [Quota] = [
        Quota(
            "sts.requests", 600,
            of: .operations([
                "AssumeRole", "DecodeAuthorizationMessage", "GetAccessKeyInfo", "GetCallerIdentity",
                "GetFederationToken", "GetSessionToken",
            ]))
    ]

    /// AWS says that IAM throttles, and publishes no figure.
    static let iam: [Quota] = [
        Quota("iam.reads", nil, of: .beginning(reads)), Quota("iam.writes", nil, of: .notBeginning(reads)),
    ]

    private static let reads = ["Get", "List", "Simulate"]
}
