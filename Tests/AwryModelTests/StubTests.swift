// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel
import Testing

@Suite struct StubTests {
    private let source = StubSource(now: Timestamp(seconds: 1_700_000_000), chance: Chance(seed: 7))

    private func output(
        _ service: String, _ name: String, _ input: Fields = [:], scripted: Fields = [:]
    ) throws -> Fields {
        let service = try #require(Catalogue.shared.service(service))
        let operation = try #require(service.operation(name))
        return Stub().fill(scripted, of: operation, in: service, input: input, source: source)
    }

    @Test func everyOutputOfTheCatalogueSatisfiesItsModel() throws {
        var broken: [String] = []
        // App Runner's model contradicts itself: a UUID of 36 characters that must have 32.
        let impossible = Set(
            ["Create", "Delete", "Describe", "Pause", "Resume", "Update"].map { "apprunner \($0)Service" })
        for name in Catalogue.shared.serviceNames {
            let service = try #require(Catalogue.shared.service(name))
            for operation in service.operations {
                guard let shape = operation.output else { continue }
                let output = Stub().output(of: operation, in: service, input: [:], source: source)
                if let mismatch = TypeCheck.mismatch(output, shape, in: service) {
                    broken.append("\(name) \(operation.name): \(mismatch)")
                }
                if impossible.contains("\(name) \(operation.name)") { continue }
                if let failure = Validator().validate(output, as: shape, in: service) {
                    broken.append("\(name) \(operation.name): \(failure.message.prefix(400))")
                }
            }
        }
        #expect(broken.isEmpty, "\(broken.count) outputs:\n\(broken.prefix(40).joined(separator: "\n"))")
    }

    @Test func aStreamHasEachOfItsEventsOnce() throws {
        let service = try #require(Catalogue.shared.service("bedrock-runtime"))
        let operation = try #require(service.operation("ConverseStream"))
        func names(_ count: Int) -> [String] {
            let output = Stub().output(of: operation, in: service, input: [:], source: source, events: count)
            return output["stream"]?.list?.compactMap { $0.fields?.names.joined() } ?? []
        }
        let once = [
            "messageStart", "contentBlockStart", "contentBlockDelta", "contentBlockStop", "messageStop", "metadata",
        ]
        #expect(names(0) == once && names(6) == once)
        #expect(names(8) == once.prefix(2) + ["contentBlockDelta", "contentBlockDelta"] + once.dropFirst(2))
    }

    @Test func eventsOfAScriptedStreamAreCompleted() throws {
        let scripted: Fields = ["EventStream": [["SubscribeToShardEvent": ["MillisBehindLatest": 7]]]]
        let event = try output("kinesis", "SubscribeToShard", scripted: scripted)["EventStream"]?.list?.first
        let members = try #require(event?.fields?["SubscribeToShardEvent"]?.fields)
        #expect(members["MillisBehindLatest"] == 7 && members["Records"] == .list([]))
        #expect(members["ContinuationSequenceNumber"] != nil)
    }

    @Test func theSameSourceGivesTheSameOutput() throws {
        #expect(try output("kinesis", "DescribeStream") == output("kinesis", "DescribeStream"))
    }

    @Test func aStructureThatIsTheBodyIsThere() throws {
        let distribution = try #require(try output("cloudfront", "GetDistribution")["Distribution"]?.fields)
        #expect(distribution["Id"] != nil && distribution["DistributionConfig"]?.fields?["Origins"] != nil)
        let rules = try output("s3", "GetBucketReplication")["ReplicationConfiguration"]?.fields?["Rules"]
        #expect(rules?.list?.count == 1, "no XML says that a flattened list is empty")
        #expect(try output("s3", "SelectObjectContent")["Payload"] == nil, "a stream of events")
    }

    @Test func requiredMembersAreSmallest() throws {
        let stream = try #require(try output("kinesis", "DescribeStream")["StreamDescription"]?.fields)
        #expect(stream["StreamStatus"] == "CREATING")
        #expect(stream["Shards"] == .list([]))
        #expect(stream["HasMoreShards"] == false)
        #expect(stream["StreamCreationTimestamp"] == .timestamp(Timestamp(seconds: 1_700_000_000)))
    }

    @Test func membersOfTheInputComeBack() throws {
        let policy = try output("iam", "GetRolePolicy", ["RoleName": "admin", "PolicyName": "p"])
        #expect(policy["RoleName"] == "admin" && policy["PolicyName"] == "p")
        // What the output's limits refuse does not.
        let long = Value.string(String(repeating: "x", count: 1_000))
        #expect(try output("iam", "GetRolePolicy", ["RoleName": long, "PolicyName": "p"])["RoleName"] != long)
    }

    @Test(arguments: [
        ("kinesis", "ListShards", "NextToken"), ("iam", "ListUsers", "Marker"),
        ("cognito-idp", "ListUsers", "PaginationToken"),
        ("dynamodb", "Scan", "LastEvaluatedKey"),
    ])
    func placesToContinueFromDoNotComeBack(service: String, operation: String, member: String) throws {
        #expect(try output(service, operation, [member: "again"])[member] == nil)
    }

    @Test func listsAreThereAndEmpty() throws {
        func unscripted(_ name: String, _ operation: String) throws -> Fields {
            let service = try #require(Catalogue.shared.service(name))
            let operation = try #require(service.operation(operation))
            return Stub().output(of: operation, in: service, input: [:], source: source)
        }
        #expect(try unscripted("s3", "ListBuckets")["Buckets"] == .list([]))
        #expect(try unscripted("ec2", "DescribeInstances")["Reservations"] == .list([]))
        // As SQS does it, and as a scenario wrote it.
        #expect(try unscripted("sqs", "ReceiveMessage") == [:])
        #expect(try output("s3", "ListBuckets")["Buckets"] == nil)
    }

    @Test func bodiesAreEmpty() throws {
        #expect(try output("s3", "GetObject")["Body"] == .blob(Blob([])))
        #expect(try output("lambda", "Invoke")["Payload"] == .blob(Blob([])))
    }

    @Test func scriptedOutputsKeepWhatTheySay() throws {
        let scripted: Fields = ["StreamDescription": ["StreamName": "mine", "StreamStatus": "ACTIVE"]]
        let output = try output("kinesis", "DescribeStream", scripted: scripted)
        let stream = try #require(output["StreamDescription"]?.fields)
        #expect(stream["StreamName"] == "mine" && stream["StreamStatus"] == "ACTIVE")
        #expect(Array(stream.names.prefix(2)) == ["StreamName", "StreamStatus"])
        #expect(stream["RetentionPeriodHours"] != nil && stream["EnhancedMonitoring"] == .list([]))
    }

    @Test func computedMembersHaveTheLastWord() throws {
        let service = try #require(Catalogue.shared.service("sqs"))
        let operation = try #require(service.operation("SendMessage"))
        let stub = Stub { output, operation, _, input in
            output["MD5OfMessageBody"] = .string("\(operation.name) of \(input["MessageBody"]?.string ?? "")")
        }
        let output = stub.output(of: operation, in: service, input: ["MessageBody": "hi"], source: source)
        #expect(output["MD5OfMessageBody"] == "SendMessage of hi")
    }

    @Test func identifiersAreVersionFour() {
        var source = source
        let first = source.uuid()
        let second = source.uuid()
        #expect(first != second)
        for id in [first, second] {
            let parts = id.split(separator: "-")
            #expect(parts.map(\.count) == [8, 4, 4, 4, 12])
            #expect(parts[2].first == "4" && "89ab".contains(parts[3].first ?? "-"))
        }
    }
}
