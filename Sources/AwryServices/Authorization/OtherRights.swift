// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

/// What the operations of SQS need ("Actions, resources, and condition keys for Amazon SQS").
enum SQSRights {
    /// Batches need what their entries would.
    private static let batches = [
        "SendMessageBatch": "SendMessage", "DeleteMessageBatch": "DeleteMessage",
        "ChangeMessageVisibilityBatch": "ChangeMessageVisibility",
    ]

    static func of(_ call: FakeCall) -> [NeededRight] {
        let operation = call.operation.name
        let action = "sqs:\(batches[operation] ?? operation)"
        guard let queue = queue(call) else { return [NeededRight(action)] }
        return [NeededRight(action, on: queue.arn, by: .queue(queue))]
    }

    private static func queue(_ call: FakeCall) -> QueueKey? {
        let input = call.input
        if let url = input["QueueUrl"]?.string { return QueueKey(url: url, region: call.place.region) }
        if let arn = input["SourceArn"]?.string { return QueueKey(arn: arn) }
        guard let name = input["QueueName"]?.string else { return nil }
        let account = input["QueueOwnerAWSAccountId"]?.string ?? call.place.account
        return QueueKey(Place(account: account, region: call.place.region), name)
    }
}

/// What the operations of Kinesis need ("Actions, resources, and condition keys for Amazon Kinesis Data Streams").
enum KinesisRights {
    private static let unbound: Set<String> = [
        "DescribeAccountSettings", "DescribeLimits", "ListStreams", "UpdateAccountSettings",
    ]

    static func of(_ call: FakeCall, _ state: Kinesis) -> [NeededRight] {
        let action = "kinesis:\(call.operation.name)"
        if unbound.contains(call.operation.name) { return [NeededRight(action)] }
        guard let arn = state.arn(namedBy: call) else { return [NeededRight(action)] }
        return [NeededRight(action, on: arn, by: .stream(arn))]
    }
}

/// What the operations of STS need ("Actions, resources, and condition keys for AWS Security Token Service").
enum STSRights {
    static func of(_ call: FakeCall) -> [NeededRight] {
        let (operation, input) = (call.operation.name, call.input)
        switch operation {
        // Whoever has credentials may ask whose they are; sessions of one's own need no right.
        case "GetCallerIdentity", "GetSessionToken": return []
        case "AssumeRole":
            guard let role = input["RoleArn"]?.string else { return [] }
            var rights = [NeededRight("sts:AssumeRole", on: role, by: .role(role))]
            if let tags = input["Tags"]?.list, !tags.isEmpty {
                rights.append(NeededRight("sts:TagSession", on: role, by: .role(role)))
            }
            if input["SourceIdentity"] != nil {
                rights.append(NeededRight("sts:SetSourceIdentity", on: role, by: .role(role)))
            }
            if input["ProvidedContexts"] != nil {
                let own = "arn:aws:sts::\(call.place.account):self"
                rights.append(NeededRight(ProvidedContexts.action, on: own))
            }
            return rights
        case "GetFederationToken":
            let name = input["Name"]?.string ?? ""
            return [NeededRight("sts:\(operation)", on: "arn:aws:sts::\(call.place.account):federated-user/\(name)")]
        case "AssumeRoot":
            let target = input["TargetPrincipal"]?.string ?? ""
            let account = target.utf8.count == 12 ? "arn:aws:iam::\(target):root" : target
            return [NeededRight("sts:\(operation)", on: account)]
        default: return [NeededRight("sts:\(operation)")]
        }
    }
}

/// What the operations of both Cognitos need ("Actions, resources, and condition keys for Amazon Cognito User Pools",
/// "… Identity").
enum CognitoRights {
    static func of(_ call: FakeCall) -> [NeededRight] {
        let (service, input) = (call.service.name, call.input)
        let action = "\(service):\(call.operation.name)"
        let (member, kind) = service == "cognito-idp" ? ("UserPoolId", "userpool") : ("IdentityPoolId", "identitypool")
        var rights = [NeededRight(action)]
        if let id = input[member]?.string {
            let place = "\(call.place.region):\(call.place.account)"
            let arn = "arn:aws:\(service):\(place):\(kind)/\(id)"
            rights = [NeededRight(action, on: arn, by: .pool(arn))]
        } else if let arn = input["ResourceArn"]?.string {
            rights = [NeededRight(action, on: arn, by: .pool(arn))]
        }
        if call.operation.name == "SetIdentityPoolRoles" {
            rights += passedRoles(input).map { .passing($0) }
        }
        if service == "cognito-idp" {
            // A pool sends its messages, a job writes its log, a group's users act by a role that they are handed.
            let sms = input["SmsConfiguration"] ?? input["SmsMfaConfiguration"]?.fields?["SmsConfiguration"]
            let roles = [sms?.fields?["SnsCallerArn"], input["CloudWatchLogsRoleArn"], input["RoleArn"]]
            rights += roles.compactMap { $0?.string }.map { .passing($0) }
        }
        return rights
    }

    /// The roles that a pool is to give out, by itself or by a rule, each once.
    private static func passedRoles(_ input: Fields) -> [String] {
        let own = (input["Roles"]?.fields ?? [:]).compactMap(\.value.string)
        let rules = (input["RoleMappings"]?.fields ?? [:]).flatMap {
            $0.value.fields?["RulesConfiguration"]?.fields?["Rules"]?.list ?? []
        }
        return (own + rules.compactMap { $0.fields?["RoleARN"]?.string }).reduce(into: []) { roles, role in
            if !roles.contains(role) { roles.append(role) }
        }
    }
}
