// SPDX-License-Identifier: Apache-2.0

import AwryModel
import AwryWire
import Testing

/// Every operation of the catalogue is identified from a request made from its own model.
struct CatalogueSweepTests {
    /// Operations whose requests another operation's cannot be told from, with what is taken instead. On a host name
    /// that says the service, only those within one service are left.
    static let twins = [
        "s3.GetBucketLifecycle": "s3.GetBucketLifecycleConfiguration",
        "s3.PutBucketLifecycle": "s3.PutBucketLifecycleConfiguration",
        "s3.GetBucketNotification": "s3.GetBucketNotificationConfiguration",
        "s3.PutBucketNotification": "s3.PutBucketNotificationConfiguration",
        "s3.ListDirectoryBuckets": "s3.ListBuckets",
    ]

    /// Services whose host names, paths and versions are the same, with how many operations that concerns.
    static let sameHost = [
        "docdb as rds": 55, "greengrass as greengrassv2": 8, "neptune as rds": 70,
        "sms-voice as pinpoint-sms-voice": 8, "wisdom as qconnect": 41,
    ]

    /// The same where the host says nothing: they share a signing name and some paths. The call's note says so, and
    /// `Ambiguity` which is taken.
    static let sameScope = [
        "bedrock-agent-runtime as bedrock-agent": 3, "bedrock-data-automation as bedrock": 3,
        "chime as chime-sdk-voice": 16, "chime-sdk-identity as chime-sdk-voice": 3,
        "chime-sdk-media-pipelines as chime-sdk-voice": 3, "chime-sdk-meetings as chime-sdk-voice": 3,
        "chime-sdk-messaging as chime-sdk-voice": 3, "ivs-realtime as ivs": 3, "lex-models as lexv2-models": 4,
        "signer-data as signer": 1, "timestream-query as timestream-write": 4,
    ]

    @Test func everyOperationOnItsHost() {
        let found = sweep { "\($0.metadata.endpointPrefix).us-east-1.amazonaws.com" }
        #expect(found.seen == 18_378)
        #expect(found.taken == Self.sameHost)
    }

    @Test func everyOperationOnALocalHost() {
        let found = sweep { _ in nil }
        #expect(found.taken == Self.sameHost.merging(Self.sameScope) { first, _ in first })
    }

    private func sweep(_ host: (Service) -> String?) -> (seen: Int, taken: [String: Int]) {
        var seen = 0
        var taken: [String: Int] = [:]
        for name in Catalogue.shared.serviceNames {
            guard let service = Catalogue.shared.service(name) else { continue }
            for operation in service.operations {
                seen += 1
                let found = identify(operation, service, host: host(service))
                let wanted = "\(name).\(operation.name)"
                guard found != wanted, found != Self.twins[wanted] else { continue }
                let instead = found.split(separator: ".").first.map(String.init) ?? found
                taken["\(name) as \(instead)", default: 0] += 1
            }
        }
        return (seen, taken)
    }

    private func identify(_ operation: AwryModel.Operation, _ service: Service, host: String?) -> String {
        let metadata = service.metadata
        switch metadata.protocols[0] {
        case .json:
            let head = Requests.head(
                "POST /", ["X-Amz-Target: \(metadata.targetPrefix ?? "").\(operation.name)"],
                host: host ?? "localhost", scope: metadata.signingName)
            return Identifier.shared.identify(head).summary
        case .cbor:
            let head = Requests.head(
                "POST /service/\(metadata.targetPrefix ?? "")/operation/\(operation.name)",
                ["Smithy-Protocol: rpc-v2-cbor"], host: host ?? "localhost", scope: metadata.signingName)
            return Identifier.shared.identify(head).summary
        case .query, .ec2:
            let head = Requests.head(
                "POST /", ["Content-Type: application/x-www-form-urlencoded; charset=utf-8"],
                host: host ?? "localhost", scope: metadata.signingName)
            let body = Array("Version=\(metadata.apiVersion)&Action=\(operation.name)".utf8)
            guard case .needsBody = Identifier.shared.identify(head) else { return "no need of the body" }
            return Identifier.shared.identify(head, body: body[...]).summary
        case .restXML, .restJSON:
            return Identifier.shared.identify(Requests.head(for: operation, of: service, host: host)).summary
        }
    }
}
