// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

/// What IAM's operations need: a right on what their input names, the same name as the operation's.
enum IAMRights {
    /// Members by which an input names what it is about, the first that is there. What is attached stands behind what
    /// it is attached to.
    private static let members: [(member: String, kind: String)] = [
        ("InstanceProfileName", "instance-profile"), ("GroupName", "group"), ("RoleName", "role"),
        ("UserName", "user"), ("ServerCertificateName", "server-certificate"), ("SAMLProviderName", "saml-provider"),
        ("VirtualMFADeviceName", "mfa"),
    ]
    private static let arns = [
        "PolicyArn", "OpenIDConnectProviderArn", "SAMLProviderArn", "SerialNumber", "PolicySourceArn", "Arn",
    ]

    static func of(_ call: FakeCall, _ account: IAMAccount?) -> [NeededRight] {
        let action = "iam:\(call.operation.name)"
        let resource = resource(call, account)
        var rights = [NeededRight(action, on: resource, by: resource == "*" ? nil : .identity(resource))]
        if call.operation.name == "AddRoleToInstanceProfile", let name = call.input["RoleName"]?.string {
            rights.append(.passing(arn("role", name, nil, call, account)))
        }
        return rights
    }

    private static func resource(_ call: FakeCall, _ account: IAMAccount?) -> String {
        let input = call.input
        let path = input["Path"]?.string
        for (member, kind) in members {
            if let name = input[member]?.string { return arn(kind, name, path, call, account) }
        }
        for member in arns {
            if let arn = input[member]?.string, arn.hasPrefix("arn:") { return arn }
        }
        switch call.operation.name {
        case "CreatePolicy": return arn("policy", input["PolicyName"]?.string ?? "", path, call, account)
        case "CreateServiceLinkedRole":
            let service = input["AWSServiceName"]?.string ?? ""
            return arn("role", "*", "/aws-service-role/\(service)/", call, account)
        case "CreateOpenIDConnectProvider":
            let url = input["Url"]?.string ?? ""
            return "arn:aws:iam::\(call.place.account):oidc-provider/\(url.split(separator: "//").last ?? "")"
        default: break
        }
        // Without a name the caller's own user is meant.
        let shape = call.operation.input.map { call.service[$0] }
        guard shape?.member("UserName") != nil, call.operation.name != "ListVirtualMFADevices",
            let user = call.principal.userName
        else { return "*" }
        return arn("user", user, nil, call, account)
    }

    /// The ARN of what there is by that name, or of what is to be made.
    private static func arn(
        _ kind: String, _ name: String, _ path: String?, _ call: FakeCall, _ account: IAMAccount?
    ) -> String {
        let id = call.place.account
        let known: String? =
            switch kind {
            case "user": account?.users[IAMUser.key(name)]?.arn(in: id)
            case "group": account?.groups[IAMGroup.key(name)]?.arn(in: id)
            case "role": account?.roles[IAMRole.key(name)]?.arn(in: id)
            case "instance-profile": account?.instanceProfiles[InstanceProfile.key(name)]?.arn(in: id)
            default: nil
            }
        return known ?? "arn:aws:iam::\(id):\(kind)\(path ?? "/")\(name)"
    }
}
