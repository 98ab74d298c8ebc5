// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel
import AwryServices

/// What the endpoints for credentials answer where no rule does: credentials that last six hours by the sandbox's
/// clock, as EC2's do.
struct CredentialEndpoints {
    /// The role of the instance and of the task.
    static let role = "awry"
    static let instanceID = "i-0123456789abcdef0"
    /// How long credentials last.
    static let lifetime = Duration.seconds(6 * 3600)

    let sandbox: Sandbox
    let source: StubSource
    let tokens: MetadataTokens

    init(_ sandbox: Sandbox, _ source: StubSource) {
        self.sandbox = sandbox
        self.source = source
        tokens = MetadataTokens(key: sandbox.name)
    }

    /// The output of an operation of one of these endpoints.
    func output(of operation: AwryModel.Operation, in service: Service, _ input: Fields) throws(WireError) -> Fields {
        if service.name == CredentialServices.container.name {
            return credentials(["RoleArn": .string("arn:aws:iam::\(source.account):role/\(Self.role)")])
        }
        return try metadata(operation.name, input)
    }

    private func metadata(_ operation: String, _ input: Fields) throws(WireError) -> Fields {
        if operation == "GetToken" { return try token(input) }
        // Version 1 sends no token, and is served; a token that is sent must be one.
        if let token = input["Token"]?.string, !tokens.isValid(token, at: source.now) {
            throw WireError("Unauthorized", status: 401, message: "Unauthorized")
        }
        switch operation {
        case "ListRoles": return ["Body": .string(Self.role)]
        case "GetRoleCredentials" where input["RoleName"] == .string(Self.role):
            return credentials(["Code": "Success", "LastUpdated": .timestamp(source.now), "Type": "AWS-HMAC"])
        case "GetIdentityDocument": return document
        case "GetMetadata":
            if let text = entries[input["Path"]?.string ?? ""] { return ["Body": .string(text)] }
        default: break
        }
        throw WireError("NotFound", status: 404, message: "Not Found")
    }

    private func token(_ input: Fields) throws(WireError) -> Fields {
        guard let seconds = input["TtlSeconds"]?.integer else {
            throw WireError("BadRequest", status: 400, message: "Bad Request")
        }
        return [
            "Body": .string(tokens.token(until: source.now + .seconds(seconds))), "TtlSeconds": .integer(seconds),
        ]
    }

    private func credentials(_ others: Fields) -> Fields {
        let key = sandbox.world.issue(
            OutsideSession(
                account: source.account, role: Self.role, name: Self.instanceID, lifetime: Self.lifetime),
            at: source.now)
        var fields = others
        fields["AccessKeyId"] = .string(key.accessKeyID)
        fields["SecretAccessKey"] = .string(key.secret)
        fields["Token"] = .string(key.sessionToken ?? "")
        fields["Expiration"] = .timestamp(source.now + Self.lifetime)
        return fields
    }

    private var zone: String { source.region + "a" }

    private var document: Fields {
        [
            "accountId": .string(source.account), "availabilityZone": .string(zone),
            "instanceId": .string(Self.instanceID), "instanceType": "t3.micro", "region": .string(source.region),
            "version": "2017-09-30",
        ]
    }

    /// What programs ask for most ("Instance metadata categories" of the EC2 User Guide).
    private var entries: [String: String] {
        [
            "instance-id": Self.instanceID, "instance-type": "t3.micro", "placement/region": source.region,
            "placement/availability-zone": zone, "ami-id": "ami-0123456789abcdef0", "local-ipv4": "127.0.0.1",
            "local-hostname": "localhost",
        ]
    }
}
