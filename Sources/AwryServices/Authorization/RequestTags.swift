// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

/// The tags that a call brings, in whichever form its service takes them.
enum RequestTags {
    /// By their keys.
    static func of(_ input: Fields) -> Fields {
        for member in ["Tags", "tags", "UserPoolTags", "IdentityPoolTags"] {
            if let map = input[member]?.fields { return map }
            if let list = input[member]?.list { return pairs(list) }
        }
        if let list = input["CreateBucketConfiguration"]?.fields?["Tags"]?.list { return pairs(list) }
        if let set = input["Tagging"]?.fields?["TagSet"]?.list { return pairs(set) }
        guard let query = input["Tagging"]?.string else { return [:] }
        return Fields(
            query.split(separator: "&").map { item in
                let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                let texts = parts.map { PercentCoding.lenientText(Array($0.utf8)[...], plusIsSpace: true) }
                return (texts[0], .string(texts.count == 2 ? texts[1] : ""))
            })
    }

    private static func pairs(_ list: [Value]) -> Fields {
        Fields(
            list.compactMap { element in
                guard let name = element.fields?["Key"]?.string else { return nil }
                return (name, element.fields?["Value"] ?? "")
            })
    }

    /// What it takes beside the right to make something, to make it with tags: by service and operation.
    private static let actions = [
        "iam.CreateUser": "iam:TagUser", "iam.CreateRole": "iam:TagRole", "iam.CreatePolicy": "iam:TagPolicy",
        "iam.CreateInstanceProfile": "iam:TagInstanceProfile", "iam.CreateSAMLProvider": "iam:TagSAMLProvider",
        "iam.CreateOpenIDConnectProvider": "iam:TagOpenIDConnectProvider",
        "iam.CreateVirtualMFADevice": "iam:TagMFADevice", "iam.UploadServerCertificate": "iam:TagServerCertificate",
        "sqs.CreateQueue": "sqs:TagQueue", "kinesis.CreateStream": "kinesis:AddTagsToStream",
        "kinesis.RegisterStreamConsumer": "kinesis:TagResource",
        "cognito-idp.CreateUserPool": "cognito-idp:TagResource",
        "cognito-identity.CreateIdentityPool": "cognito-identity:TagResource", "s3.CreateBucket": "s3:TagResource",
    ]

    /// That right, on what is to be made; nil where the call brings no tags, or makes nothing.
    static func right(_ call: FakeCall, beside first: NeededRight?) -> NeededRight? {
        let name = call.operation.name
        let makes = name.hasPrefix("Create") || name.hasPrefix("Upload") || name.hasPrefix("Register")
        guard makes, let first, let action = actions["\(call.service.name).\(name)"], !of(call.input).isEmpty
        else { return nil }
        return NeededRight(action, on: first.resource, by: first.guardian)
    }
}
