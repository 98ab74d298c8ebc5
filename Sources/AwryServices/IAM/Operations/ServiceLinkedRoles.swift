// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension IAM {
    static var createServiceLinkedRole: Handler? {
        on { (account, call) throws(WireError) in try account.createLinked(call) }
    }
    static var deleteServiceLinkedRole: Handler? {
        on { (account, call) throws(WireError) in
            let role = try account.find(IAMRole.self, call)
            guard let service = role.service else {
                throw call.error("InvalidInput", "\(role.entity.name) is not a service-linked role.")
            }
            account.roles[IAMRole.key(role.entity.name)] = nil
            let id = "task/aws-service-role/\(service)/\(role.entity.name)/\(account.identifiers.uuid())"
            account.deletionTasks[id] = DeletionTask(id: id, started: call.now)
            return ["DeletionTaskId": .string(id)]
        }
    }
    static var getServiceLinkedRoleDeletionStatus: Handler? {
        on { (account, call) throws(WireError) in
            let id = call.members.text("DeletionTaskId")
            guard account.deletionTasks[id] != nil else {
                throw call.error("NoSuchEntity", "Deletion task id \(id) cannot be found.")
            }
            return ["Status": "SUCCEEDED"]
        }
    }
}

extension IAMAccount {
    /// What services call their roles where that is not made of their names ("Using service-linked roles" of each
    /// service's guide).
    private static let linkedNames: [String: String] = [
        "autoscaling": "AutoScaling", "elasticloadbalancing": "ElasticLoadBalancing", "ecs": "ECS", "rds": "RDS",
        "es": "AmazonElasticsearchService", "opensearchservice": "AmazonOpenSearchService", "eks": "AmazonEKS",
        "elasticache": "ElastiCache", "organizations": "Organizations", "support": "Support",
        "trustedadvisor": "TrustedAdvisor", "lex": "LexBots", "config": "Config", "guardduty": "AmazonGuardDuty",
    ]

    fileprivate mutating func createLinked(_ call: FakeCall) throws(WireError) -> Fields {
        let service = call.members.text("AWSServiceName")
        guard service.hasSuffix(".amazonaws.com"), let label = service.split(separator: ".").first else {
            throw call.error("InvalidInput", "Service principal \(service) is not valid.")
        }
        let suffix = call.members.optionalText("CustomSuffix").map { "_\($0)" } ?? ""
        let title = Self.linkedNames[String(label)] ?? label.prefix(1).uppercased() + label.dropFirst()
        let name = "AWSServiceRoleFor\(title)\(suffix)"
        guard roles[IAMRole.key(name)] == nil else {
            throw call.error(
                "InvalidInput",
                "Service role name \(name) has been taken in this account, please try a different suffix.")
        }
        try IAMLimit.roles.check(roles.count, call)
        let entity = IAMEntity(
            name: name, path: "/aws-service-role/\(service)/", id: uniqueID("AROA"), created: call.now)
        let trust: Value = [
            "Version": "2012-10-17",
            "Statement": [
                ["Action": ["sts:AssumeRole"], "Effect": "Allow", "Principal": ["Service": [.string(service)]]]
            ],
        ]
        var role = IAMRole(entity, trust: JSON.text(trust))
        role.service = service
        role.description = call.members.optionalText("Description")
        roles[IAMRole.key(name)] = role
        var fields = role.listed(in: self)
        fields["MaxSessionDuration"] = nil
        return ["Role": .structure(fields)]
    }
}
