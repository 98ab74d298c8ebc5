// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryDigest

/// Threat protection, logs and the pool's certificate.
extension CognitoIDP {
    static var setRiskConfiguration: Handler? { setRisk }
    static var describeRiskConfiguration: Handler? { describeRisk }
    static var setLogDeliveryConfiguration: Handler? { setLogs }
    static var getLogDeliveryConfiguration: Handler? { showLogs }
    static var getSigningCertificate: Handler? { certificate }

    private static func setRisk(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onPool(call) { (pool) throws(WireError) in
            try pool.mustWatch(call)
            let client = call.members.optionalText("ClientId") ?? "ALL"
            if client != "ALL", pool.clients[client] == nil { throw call.noClient(client) }
            var risk = call.input
            risk["LastModifiedDate"] = .timestamp(call.now)
            pool.risks[client] = risk
            return .output(["RiskConfiguration": .structure(risk)])
        }
    }

    private static func describeRisk(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onPool(call) { (pool) throws(WireError) in
            try pool.mustWatch(call)
            let client = call.members.optionalText("ClientId") ?? "ALL"
            if client != "ALL", pool.clients[client] == nil { throw call.noClient(client) }
            let risk = pool.risks[client] ?? pool.risks["ALL"] ?? ["UserPoolId": .string(pool.id)]
            return .output(["RiskConfiguration": .structure(risk)])
        }
    }

    private static func setLogs(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onPool(call) { (pool) throws(WireError) in
            let logs = call.members["LogConfigurations"]?.list ?? []
            for log in logs.compactMap(\.fields) {
                let places = ["CloudWatchLogsConfiguration", "S3Configuration", "FirehoseConfiguration"]
                guard places.filter({ log[$0] != nil }).count == 1 else {
                    throw call.wrong("Each log configuration needs exactly one destination.")
                }
            }
            let wantsEvents = logs.contains { $0.fields?["EventSource"]?.string == "userAuthEvents" }
            try pool.check(.logExport, if: wantsEvents, call)
            pool.logDelivery = logs
            return .output(logOutput(pool))
        }
    }

    private static func showLogs(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onPool(call) { (pool) throws(WireError) in .output(logOutput(pool)) }
    }

    private static func logOutput(_ pool: UserPool) -> Fields {
        [
            "LogDeliveryConfiguration": [
                "UserPoolId": .string(pool.id), "LogConfigurations": .list(pool.logDelivery),
            ]
        ]
    }

    /// The certificate with which a pool signs what it asks of SAML providers: its form alone, since nothing here asks.
    private static func certificate(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onPool(call) { (pool) throws(WireError) in
            .output(["Certificate": .string(Base64.text(pool.keys.identity.rsa.modulus))])
        }
    }
}
