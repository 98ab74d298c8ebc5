// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel
import Testing

@Suite struct ValidationStyleTests {
    private func error(_ service: String, _ name: String, _ input: Fields) throws -> WireError {
        let service = try #require(Catalogue.shared.service(service))
        let operation = try #require(service.operation(name))
        let failure = try #require(Validator().validate(input, of: operation, in: service))
        return ValidationStyle(of: service).error(for: failure, in: service)
    }

    @Test(arguments: [
        ("kinesis", "DescribeStream", "StreamName", "ValidationException"),
        ("iam", "GetUser", "UserName", "ValidationError"),
        ("sts", "GetAccessKeyInfo", "AccessKeyId", "ValidationError"),
        ("cognito-idp", "DescribeUserPool", "UserPoolId", "InvalidParameterException"),
        ("cognito-identity", "DescribeIdentityPool", "IdentityPoolId", "ValidationException"),
        ("dynamodb", "DescribeTable", "TableName", "ValidationException"),
    ])
    func servicesHaveTheirCodes(service: String, operation: String, member: String, code: String) throws {
        let error = try error(service, operation, [member: ""])
        #expect(error.code == code && error.status == 400 && error.fault == .client)
        #expect(error.message?.contains("validation error") == true)
    }

    @Test func queuesHaveTheirOwnWords() throws {
        let error = try error("sqs", "SendMessage", ["QueueUrl": "q"])
        #expect(error.code == "MissingParameter" && error.shape == "MissingRequiredParameterException")
        #expect(error.namespace == "com.amazon.coral.service")
        #expect(error.message == "The request must contain the parameter MessageBody.")
    }

    @Test func computersHaveTheirOwnWords() throws {
        let error = try error("ec2", "AttachVolume", ["InstanceId": "i-1", "VolumeId": "vol-1"])
        #expect(error.code == "MissingParameter")
        #expect(error.message == "The request must contain the parameter Device")
    }

    @Test func bucketsTellBodiesFromArguments() throws {
        let body = try error("s3", "PutBucketTagging", ["Bucket": "b", "Tagging": ["TagSet": [["Key": "k"]]]])
        #expect(body.code == "MalformedXML")
        let acl = try error("s3", "PutObject", ["Bucket": "b", "Key": "k", "ACL": "nobody"])
        #expect(acl.code == "InvalidArgument")
        #expect(acl.fields["ArgumentName"] == "x-amz-acl" && acl.fields["ArgumentValue"] == "nobody")
    }
}
