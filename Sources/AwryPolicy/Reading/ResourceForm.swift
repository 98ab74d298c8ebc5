// SPDX-License-Identifier: Apache-2.0

/// What a `Resource` must look like, and what IAM says of one that does not.
enum ResourceForm {
    private static let partitions: Set<Substring> = [
        "aws", "aws-cn", "aws-us-gov", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f", "aws-eusc",
    ]

    /// What the resource part of IAM's ARNs begins with.
    private static let iamPaths = [
        "user/", "federated-user/", "role/", "group/", "instance-profile/", "mfa/", "server-certificate/", "policy/",
        "sms-mfa/", "saml-provider/", "oidc-provider/", "report/", "access-report/",
    ]

    /// IAM's message; nil where nothing is wrong.
    static func mistake(in text: String) -> String? {
        if text == "*" { return nil }
        let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard parts.count > 1, !text.hasPrefix(":") else { return "Resource \(text) must be in ARN format or \"*\"." }
        if parts[1] != "*", !partitions.contains(parts[1]) {
            let rest = parts.dropFirst(2).map(String.init)
            let shown = (0..<4).map { $0 < rest.count ? rest[$0] : "*" }.joined(separator: ":")
            return "Partition \"\(parts[1])\" is not valid for resource \"arn:\(parts[1]):\(shown)\"."
        }
        guard parts.count > 2, !parts[2].isEmpty else {
            return "Resource vendor must be fully qualified and cannot contain regexes."
        }
        guard parts.count == 6 else {
            return parts.count > 3 && parts.last?.contains("*") == true ? nil : "The policy failed legacy parsing"
        }
        return mistake(ofService: parts[2], region: parts[3], resource: parts[5], in: text)
    }

    private static func mistake(
        ofService service: Substring, region: Substring, resource: Substring, in text: String
    ) -> String? {
        switch service {
        case "iam" where !region.isEmpty: return "IAM resource \(text) cannot contain region information."
        case "iam" where resource != "*" && resource != "root" && !iamPaths.contains(where: { resource.hasPrefix($0) }):
            // A wildcard may stand where a kind of identity would.
            if resource.contains("*") || resource.hasPrefix("$") { return nil }
            return "IAM resource path must either be \"*\" or start with \(iamPaths.joined(separator: ", "))."
        case "s3" where !region.isEmpty && !resource.hasPrefix("accesspoint/"):
            return "Resource \(text) can not contain region information."
        default: return nil
        }
    }
}
