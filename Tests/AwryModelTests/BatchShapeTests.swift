// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Testing

@testable import AwryModel

/// How operations tell of entries that failed: found in the models, whatever the service.
struct BatchShapeTests {
    private static func batch(_ name: String) throws -> (shape: BatchShape?, service: Service) {
        let parts = name.split(separator: ".").map(String.init)
        let service = try #require(Catalogue.shared.service(parts[0]))
        return (service.batch(of: try #require(service.operation(parts[1]))), service)
    }

    /// What a batch is, in one line.
    private static func text(_ shape: BatchShape?) -> String {
        guard let shape else { return "-" }
        var text =
            switch shape.entries {
            case .list(let path): path.joined(separator: ".")
            case .map(let name, let inner): name + ".*" + (inner.map { "." + $0 } ?? "")
            }
        switch shape.form {
        case .places(let list, _): text += " -> places \(list)"
        case .failures(let list, _): text += " -> \(list)"
        case .map(let name, _): text += " -> map \(name)"
        case .unprocessed(let name): text += " -> back in \(name)"
        }
        if let failure = shape.failure {
            let identity = failure.identity.map { told -> String in
                switch told.source {
                case .entry: told.member
                case .member(let name): name == told.member ? name : "\(told.member)=\(name)"
                case .likeNamed: "\(told.member)={}"
                case .position: "\(told.member)=#"
                }
            }
            let error = [failure.code, failure.message].map { $0?.joined(separator: ".") ?? "-" }
            text += " (\(error.joined(separator: ", ")); \(identity.joined(separator: ", ")))"
        }
        return text + (shape.count.map { " count \($0)" } ?? "") + (shape.successes.map { " done \($0)" } ?? "")
    }

    static let table: [(operation: String, shape: String)] = [
        ("kinesis.PutRecords", "Records -> places Records (ErrorCode, ErrorMessage; ) count FailedRecordCount"),
        (
            "firehose.PutRecordBatch",
            "Records -> places RequestResponses (ErrorCode, ErrorMessage; ) count FailedPutCount"
        ),
        ("events.PutEvents", "Entries -> places Entries (ErrorCode, ErrorMessage; ) count FailedEntryCount"),
        ("events.PutTargets", "Targets -> FailedEntries (ErrorCode, ErrorMessage; TargetId=Id) count FailedEntryCount"),
        ("sqs.SendMessageBatch", "Entries -> Failed (Code, Message; Id) done Successful"),
        ("sqs.DeleteMessageBatch", "Entries -> Failed (Code, Message; Id) done Successful"),
        ("sqs.ChangeMessageVisibilityBatch", "Entries -> Failed (Code, Message; Id) done Successful"),
        ("sns.PublishBatch", "PublishBatchRequestEntries -> Failed (Code, Message; Id) done Successful"),
        ("s3.DeleteObjects", "Delete.Objects -> Errors (Code, Message; Key, VersionId) done Deleted"),
        ("dynamodb.BatchWriteItem", "RequestItems.* -> back in UnprocessedItems"),
        ("dynamodb.BatchGetItem", "RequestItems.*.Keys -> back in UnprocessedKeys"),
        ("dynamodb.BatchExecuteStatement", "Statements -> places Responses (Error.Code, Error.Message; )"),
        ("ecr.BatchDeleteImage", "imageIds -> failures (failureCode, failureReason; imageId)"),
        (
            "glue.BatchCreatePartition",
            "PartitionInputList -> Errors (ErrorDetail.ErrorCode, ErrorDetail.ErrorMessage; PartitionValues=Values)"
        ),
        ("glue.BatchDeleteConnection", "ConnectionNameList -> map Errors (ErrorCode, ErrorMessage; )"),
        ("glue.BatchGetPartition", "PartitionsToGet -> back in UnprocessedKeys"),
        ("glue.BatchGetJobs", "JobNames -> back in JobsNotFound"),
        ("codebuild.BatchGetBuilds", "ids -> back in buildsNotFound"),
        ("comprehend.BatchDetectSentiment", "TextList -> ErrorList (ErrorCode, ErrorMessage; Index=#)"),
        ("ec2.DeleteVpcEndpoints", "VpcEndpointIds -> Unsuccessful (Error.Code, Error.Message; ResourceId)"),
        (
            "athena.BatchGetNamedQuery",
            "NamedQueryIds -> UnprocessedNamedQueryIds (ErrorCode, ErrorMessage; NamedQueryId)"
        ),
        ("secretsmanager.BatchGetSecretValue", "SecretIdList -> Errors (ErrorCode, Message; SecretId)"),
        ("cloudwatch.PutManagedInsightRules", "ManagedRules -> Failures (FailureCode, FailureDescription; )"),
        // No batches, though lists come and go.
        ("kinesis.PutRecord", "-"), ("kinesis.ListShards", "-"), ("s3.ListObjectsV2", "-"), ("sqs.ReceiveMessage", "-"),
        ("ssm.UpdatePatchBaseline", "-"), ("sts.GetCallerIdentity", "-"), ("iam.CreateUser", "-"),
        ("rds.CreateIntegration", "-"), ("neptune.DescribeEvents", "-"), ("cognito-idp.SignUp", "-"),
        ("kinesis.AddTagsToStream", "-"), ("sqs.SetQueueAttributes", "-"), ("s3.CompleteMultipartUpload", "-"),
    ]

    @Test(arguments: table.indices) func found(_ index: Int) throws {
        let row = Self.table[index]
        #expect(Self.text(try Self.batch(row.operation).shape) == row.shape, "\(row.operation)")
    }

    @Test func manyServicesHaveOne() {
        let services = ["sqs", "s3", "glue", "dynamodb", "sns", "ecr", "ec2", "events", "firehose", "athena"]
        for name in services {
            let service = Catalogue.shared.service(name)
            let isFound = service?.operations.contains { service?.batch(of: $0) != nil }
            #expect(isFound == true, "\(name)")
        }
    }

    @Test func entriesOfAMapAreCountedThrough() throws {
        let (found, service) = try Self.batch("dynamodb.BatchGetItem")
        let shape = try #require(found)
        let input: Fields = [
            "RequestItems": [
                "a": ["Keys": ["k0", "k1"], "ConsistentRead": true], "b": ["Keys": ["k2"]], "c": ["Keys": ["k3"]],
            ]
        ]
        #expect(shape.entries(of: input) == ["k0", "k1", "k2", "k3"])
        let rest = shape.keeping(of: input) { ![1, 2].contains($0) }
        #expect(rest == ["RequestItems": ["a": ["Keys": ["k0"], "ConsistentRead": true], "c": ["Keys": ["k3"]]]])
        var output: Fields = [:]
        shape.add([FailingEntries(positions: [1, 2], error: WireError("x"))], of: input, to: &output, in: service)
        #expect(output == ["UnprocessedKeys": ["a": ["Keys": ["k1"], "ConsistentRead": true], "b": ["Keys": ["k2"]]]])
    }

    @Test func placesAreKept() throws {
        let (found, service) = try Self.batch("kinesis.PutRecords")
        let shape = try #require(found)
        let input: Fields = ["Records": [["PartitionKey": "0"], ["PartitionKey": "1"], ["PartitionKey": "2"]]]
        var output: Fields = ["Records": [["ShardId": "s"]], "FailedRecordCount": 0]
        let error = WireError("Busy", message: "No.")
        shape.add([FailingEntries(positions: [0, 2], error: error)], of: input, to: &output, in: service)
        let failed: Value = ["ErrorCode": "Busy", "ErrorMessage": "No."]
        #expect(output == ["Records": [failed, ["ShardId": "s"], failed], "FailedRecordCount": 2])
    }

    @Test func twoCausesKeepTheOrder() throws {
        let (found, service) = try Self.batch("kinesis.PutRecords")
        let shape = try #require(found)
        let input: Fields = ["Records": [["PartitionKey": "0"], ["PartitionKey": "1"], ["PartitionKey": "2"]]]
        var output: Fields = ["Records": [["ShardId": "s"]]]
        let failures = [
            FailingEntries(positions: [2], error: WireError("A")),
            FailingEntries(positions: [0, 2], error: WireError("B")),
        ]
        shape.add(failures, of: input, to: &output, in: service)
        #expect(output["Records"] == [["ErrorCode": "B"], ["ShardId": "s"], ["ErrorCode": "A"]])
        #expect(output["FailedRecordCount"] == 2)
    }

    @Test func aFailureCarriesMoreThanItsCode() throws {
        let (found, service) = try Self.batch("s3.DeleteObjects")
        let shape = try #require(found)
        let input: Fields = ["Delete": ["Objects": [["Key": "a"], ["Key": "b", "VersionId": "v"]], "Quiet": true]]
        #expect(shape.keeping(of: input) { $0 == 0 } == ["Delete": ["Objects": [["Key": "a"]], "Quiet": true]])
        var output: Fields = ["Deleted": []]
        shape.add(
            [FailingEntries(positions: [1], error: WireError("AccessDenied"))], of: input, to: &output, in: service)
        #expect(output["Errors"] == [["Key": "b", "VersionId": "v", "Code": "AccessDenied"]])
    }

    @Test func faultsAndNumbersAreWrittenAsTheModelWants() throws {
        let (sqs, service) = try Self.batch("sqs.DeleteMessageBatch")
        for (fault, isSender) in [(Fault.client, true), (.server, false)] {
            let error = WireError("E", fault: fault)
            let value = sqs?.failure?.value(error, entry: ["Id": "a"], 0, in: service)
            #expect(value == ["Id": "a", "SenderFault": .bool(isSender), "Code": "E"])
        }
        let (repost, other) = try Self.batch("repostspace.BatchAddRole")
        let value = repost?.failure?.value(WireError("AccessDenied", status: 403), entry: "id", 0, in: other)
        #expect(value == ["accessorId": "id", "error": 403])
    }

    @Test func emptyInputsAreNothing() throws {
        let (found, service) = try Self.batch("s3.DeleteObjects")
        let shape = try #require(found)
        #expect(shape.entries(of: [:]).isEmpty)
        #expect(shape.keeping(of: [:]) { _ in true } == ["Delete": ["Objects": []]])
        var output: Fields = [:]
        shape.add([FailingEntries(positions: [], error: WireError("E"))], of: [:], to: &output, in: service)
        #expect(output == ["Errors": []])
    }
}
