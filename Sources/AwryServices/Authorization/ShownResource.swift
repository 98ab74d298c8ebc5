// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

/// How services write, in a denial's text, what may not be done to what, where they write it otherwise than the
/// decision has it. AWS documents none of this: it is as people quote these errors.
struct ShownResource {
    let call: FakeCall
    let right: NeededRight

    /// SQS writes its actions in small letters, in S3 and in all others they are as policies have them.
    var action: String { call.service.name == "sqs" ? right.action.lowercased() : right.action }

    /// Nil where the text names none.
    var resource: String? {
        switch call.service.name {
        case "iam" where right.action == "iam:\(call.operation.name)": ofIAM ?? right.resource
        case "iam", "cognito-idp", "cognito-identity": right.resource
        case "sqs" where right.resource == "*": "arn:aws:sqs:\(call.place.region):\(call.place.account):"
        default: right.resource == "*" ? nil : right.resource
        }
    }

    /// What is to be made and what is listed has an ARN; what there may be is called by its kind and its name.
    private static let named: Set<String> = [
        "CreateUser", "CreateGroup", "CreateRole", "CreateInstanceProfile", "CreateServiceLinkedRole",
    ]
    private static let kinds = [
        ("InstanceProfileName", "instance profile"), ("GroupName", "group"), ("RoleName", "role"),
        ("UserName", "user"), ("PolicyArn", "policy"), ("PolicyName", "policy"),
    ]
    private static let lists = [
        "ListUsers": "user", "ListGroups": "group", "ListRoles": "role", "ListInstanceProfiles": "instance-profile",
    ]

    private var ofIAM: String? {
        let operation = call.operation.name
        if Self.named.contains(operation) { return nil }
        let path = call.input["PathPrefix"]?.string ?? "/"
        if operation == "ListPolicies" { return "policy path \(path)" }
        if let kind = Self.lists[operation] { return "arn:aws:iam::\(call.place.account):\(kind)\(path)" }
        for (member, kind) in Self.kinds {
            if let name = call.input[member]?.string { return "\(kind) \(name)" }
        }
        guard let user = call.principal.userName, right.resource.contains(":user/") else { return nil }
        return "user \(user)"
    }
}
