// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel
import Testing

@Suite struct ValidatorTests {
    private func failure(_ service: String, _ name: String, _ input: Fields) throws -> ValidationFailure? {
        let service = try #require(Catalogue.shared.service(service))
        return Validator().validate(input, of: try #require(service.operation(name)), in: service)
    }

    private func message(_ service: String, _ name: String, _ input: Fields) throws -> String? {
        try failure(service, name, input)?.message
    }

    @Test func whatSatisfiesTheModelPasses() throws {
        #expect(try message("kinesis", "DescribeStream", ["StreamName": "orders", "Limit": 10_000]) == nil)
        #expect(try message("sts", "GetCallerIdentity", [:]) == nil)
        // Members that the model does not know are ignored, nulls are as if they were not there.
        #expect(try message("kinesis", "DescribeStream", ["StreamName": "a", "Limit": .null, "Nonsense": 1]) == nil)
    }

    @Test func patternsAndLengths() throws {
        #expect(
            try message("kinesis", "DescribeStream", ["StreamName": "a b"])
                == "1 validation error detected: Value 'a b' at 'streamName' failed to satisfy constraint: "
                + "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+")
        let long = String(repeating: "a", count: 129)
        #expect(
            try message("kinesis", "DescribeStream", ["StreamName": .string(long)])
                == "1 validation error detected: Value '\(long)' at 'streamName' failed to satisfy constraint: "
                + "Member must have length less than or equal to 128")
    }

    /// As recorded from CloudFormation, DynamoDB and Cognito: the pattern comes first.
    @Test func severalOfOneValue() throws {
        #expect(
            try message("kinesis", "DescribeStream", ["StreamName": ""])
                == "2 validation errors detected: Value '' at 'streamName' failed to satisfy constraint: "
                + "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+; "
                + "Value '' at 'streamName' failed to satisfy constraint: "
                + "Member must have length greater than or equal to 1")
    }

    @Test func numbers() throws {
        #expect(
            try message("kinesis", "DescribeStream", ["StreamName": "a", "Limit": 10_001])
                == "1 validation error detected: Value '10001' at 'limit' failed to satisfy constraint: "
                + "Member must have value less than or equal to 10000")
        #expect(
            try message("kinesis", "DescribeStream", ["StreamName": "a", "Limit": 0])
                == "1 validation error detected: Value '0' at 'limit' failed to satisfy constraint: "
                + "Member must have value greater than or equal to 1")
    }

    @Test func missingMembers() throws {
        #expect(
            try message("iam", "CreateUser", [:])
                == "1 validation error detected: Value null at 'userName' failed to satisfy constraint: "
                + "Member must not be null")
    }

    @Test func enumerations() throws {
        #expect(
            try message("iam", "UpdateAccessKey", ["AccessKeyId": "AKIAIOSFODNN7EXAMPLE", "Status": "Off"])
                == "1 validation error detected: Value 'Off' at 'status' failed to satisfy constraint: "
                + "Member must satisfy enum value set: [Active, Inactive, Expired]")
    }

    @Test func valuesInListsHavePlaces() throws {
        let records: Value = [["Data": .blob(Blob([1])), "PartitionKey": ""], ["PartitionKey": "k"]]
        let found = try #require(try failure("kinesis", "PutRecords", ["StreamName": "s", "Records": records]))
        #expect(found.violations.map(\.path) == ["records.1.member.partitionKey", "records.2.member.data"])
        #expect(found.violations.map(\.member) == ["Records", "Records"])
        #expect(found.violations.map(\.innermostMember) == ["PartitionKey", "Data"])
    }

    /// As recorded from Lambda: "Member must satisfy constraint: [Member must have length less than or equal to 6, …]".
    @Test func scalarsInListsAreToldOfTheWholeList() throws {
        let found = try message(
            "lambda", "CreateFunctionUrlConfig",
            ["FunctionName": "f", "AuthType": "NONE", "Cors": ["AllowMethods": ["GET", "OPTIONS"]]])
        #expect(
            found
                == "1 validation error detected: Value '[GET, OPTIONS]' at 'cors.allowMethods' failed to satisfy "
                + "constraint: Member must satisfy constraint: [Member must have length less than or equal to 6, "
                + "Member must have length greater than or equal to 0, "
                + "Member must satisfy regular expression pattern: .*]"
        )
    }

    @Test func mapsNameKeysAndValues() throws {
        let long = String(repeating: "k", count: 200)
        let found = try #require(
            try failure("kinesis", "AddTagsToStream", ["StreamName": "s", "Tags": [(long): "v"]]))
        #expect(found.message.contains("at 'tags' failed to satisfy constraint: Map keys must satisfy constraint: ["))
        let entries: Value = ["t": ["Keys": []]]
        let inside = try #require(try failure("dynamodb", "BatchGetItem", ["RequestItems": entries]))
        #expect(inside.violations.map(\.path) == ["requestItems.t.member.keys"])
    }

    @Test func sensitiveValuesAreLeftOut() throws {
        let found = try message(
            "cognito-idp", "AdminSetUserPassword", ["UserPoolId": "us-east-1_a", "Username": "u", "Password": ""])
        #expect(
            found?.hasPrefix("2 validation errors detected: Value at 'username'") == true
                || found?.contains("Value at 'password' failed to satisfy constraint") == true, "\(found ?? "")")
        #expect(found?.contains("Value ''") == false)
    }

    @Test func lengthsCountUnicodeScalars() throws {
        // One scalar, two UTF-16 units, four bytes; the limit is 256.
        let key = Value.string(String(repeating: "\u{1F600}", count: 256))
        #expect(
            try message("kinesis", "PutRecord", ["StreamName": "s", "Data": .blob(Blob([])), "PartitionKey": key])
                == nil)
    }

    @Test func messagesDoNotGrowWithoutBound() throws {
        let bad: Value = ["PartitionKey": .string(String(repeating: "k", count: 10_000)), "Data": .blob(Blob([]))]
        let records = Value.list(Array(repeating: bad, count: 500))
        let found = try #require(try message("kinesis", "PutRecords", ["StreamName": "s", "Records": records]))
        #expect(found.utf8.count < 400_000)
    }
}
