// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// The session of a role that an identity is given in the enhanced flow.
enum SessionOfIdentity {
    /// How AWS calls it.
    private static let name = "CognitoIdentityCredentials"

    /// The two policies that narrow a guest's session ("IAM roles" of the Cognito Developer Guide, "Access policies for
    /// unauthenticated identities").
    private static let guestsPolicy = "arn:aws:iam::aws:policy/AmazonCognitoUnAuthedIdentitiesSessionPolicy"
    private static let guestsDocument: String = {
        let services = [
            "appsync", "cloudwatch", "codewhisperer", "cognito-identity", "cognito-idp", "cognito-sync", "comprehend",
            "dynamodb", "execute-api", "firehose", "gamelift", "iot", "kinesis", "lambda", "lex", "logs",
            "machinelearning", "mobileanalytics", "mobiletargeting", "personalize", "polly", "rekognition", "s3",
            "sdb", "ses", "sns", "sqs", "transcribe", "translate",
        ]
        let others = ["sagemaker:InvokeEndpoint", "textract:AnalyzeDocument", "textract:DetectDocumentText"]
        let actions = services.map { "\($0):*" } + others
        let statement: Value = [
            "Effect": "Allow", "Action": .list(actions.map { .string($0) }), "Resource": ["*"],
        ]
        return JSON.text(["Version": "2012-10-17", "Statement": [statement]])
    }()

    /// The role of these logins.
    static func role(
        for logins: [ProvenLogin], asked: String?, in pool: IdentityPool, _ call: FakeCall
    ) throws(WireError) -> String {
        for login in logins {
            guard let mapping = login.settingNames.lazy.compactMap({ pool.mappings[$0] }).first else { continue }
            switch mapping.choice(for: login.claims, asked: asked) {
            case .role(let arn): return arn
            case .standard: continue
            case .forbidden(let arn): throw call.forbiddenRole(arn)
            case .denied: throw call.refused("The ambiguous role mapping rules denied this request.")
            }
        }
        return try standard("authenticated", asked: asked, in: pool, call)
    }

    /// The pool's role of this kind, which alone may be asked for.
    static func standard(
        _ kind: String, asked: String?, in pool: IdentityPool, _ call: FakeCall
    ) throws(WireError) -> String {
        let role = pool.roles[kind]?.string
        if let asked, asked != role { throw call.forbiddenRole(asked) }
        guard let role else { throw call.badRoles() }
        return role
    }

    /// Asks STS for the credentials, as AWS does with a token of its own; whatever STS has against the role is the
    /// pool's fault.
    static func credentials(
        of role: String, _ token: String, isGuest: Bool, in pool: IdentityPool, _ call: FakeCall
    ) throws(WireError) -> Value {
        var input: Fields = [
            "RoleArn": .string(role), "RoleSessionName": .string(name), "WebIdentityToken": .string(token),
        ]
        if isGuest {
            input["Policy"] = .string(guestsDocument)
            input["PolicyArns"] = [["arn": .string(guestsPolicy)]]
        }
        let output: Fields
        do throws(WireError) {
            output = try call.others.call("sts", "AssumeRoleWithWebIdentity", input, at: pool.place)
        } catch {
            throw call.badRoles()
        }
        let given = output["Credentials"]?.fields ?? [:]
        return [
            "AccessKeyId": given["AccessKeyId"] ?? "", "SecretKey": given["SecretAccessKey"] ?? "",
            "SessionToken": given["SessionToken"] ?? "", "Expiration": given["Expiration"] ?? .null,
        ]
    }
}
