// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel
import Testing

/// One place for each trait of the models, looked up in botocore 1.43.11's files by hand.
@Suite struct CatalogueTraitsTests {
    private func service(_ name: String) throws -> Service { try #require(Catalogue.shared.service(name)) }

    private func shape(_ service: String, _ name: String) throws -> Shape {
        let service = try self.service(service)
        return service[try #require(service.shape(named: name))]
    }

    private func member(_ service: String, _ shape: String, _ name: String) throws -> Member {
        try #require(try self.shape(service, shape).member(name))
    }

    private func operation(_ service: String, _ name: String) throws -> AwryModel.Operation {
        try #require(try self.service(service).operation(name))
    }

    @Test func metadataOfServices() throws {
        let cognito = try service("cognito-idp").metadata
        #expect(cognito.serviceID == "Cognito Identity Provider")
        #expect(cognito.apiVersion == "2016-04-18")
        #expect(cognito.protocols == [.json])
        #expect(cognito.targetPrefix == "AWSCognitoIdentityProviderService")
        #expect(cognito.jsonVersion == "1.1")
        let sqs = try service("sqs").metadata
        #expect(sqs.isQueryCompatible)
        #expect(sqs.jsonVersion == "1.0")
        #expect(try service("sts").metadata.globalEndpoint == "sts.amazonaws.com")
        #expect(try service("sts").metadata.signingName == "sts")
        #expect(try service("iam").metadata.xmlNamespace == "https://iam.amazonaws.com/doc/2010-05-08/")
        #expect(try service("cloudwatch").metadata.protocols == [.json, .cbor, .query])
        #expect(try service("dynamodbstreams").metadata.endpointPrefix == "streams.dynamodb")
        #expect(try service("ec2").metadata.protocols == [.ec2])
    }

    @Test func traitsOfOperations() throws {
        let put = try operation("s3", "PutObject").traits
        #expect(put.method == "PUT" && put.uri == "/{Bucket}/{Key+}" && put.responseCode == 200)
        #expect(put.checksumAlgorithmMember == "ChecksumAlgorithm" && !put.requiresChecksum)
        #expect(try operation("s3", "DeleteObjects").traits.requiresChecksum)
        #expect(try operation("s3", "GetObject").traits.checksumModeMember == "ChecksumMode")
        #expect(try operation("s3", "DeleteBucket").traits.responseCode == 204)
        #expect(try operation("iam", "CreateUser").traits.resultWrapper == "CreateUserResult")
        #expect(try operation("cognito-idp", "InitiateAuth").traits.isUnsigned)
        #expect(try !operation("cognito-idp", "AdminInitiateAuth").traits.isUnsigned)
        #expect(try operation("s3control", "CreateAccessPoint").traits.hostPrefix == "{AccountId}.")
        let tags = try operation("s3control", "CreateAccessPoint").traits
        #expect(tags.inputElement == "CreateAccessPointRequest")
        #expect(tags.inputNamespace == "http://awss3control.amazonaws.com/doc/2018-08-20/")
        #expect(try operation("accessanalyzer", "CreateArchiveRule").traits.isIdempotent)
        let all = try Catalogue.shared.serviceNames.flatMap { try service($0).operations }
        #expect(all.filter(\.traits.isUnsigned).count == 46)
        #expect(all.filter(\.traits.isReadOnly).count == 1_708)
        #expect(all.filter(\.traits.isIdempotent).count == 2_242)
        #expect(all.filter { $0.traits.hostPrefix != nil }.count == 634)
        #expect(all.filter { $0.traits.resultWrapper != nil }.count == 984)
    }

    @Test func limitsOfShapes() throws {
        let name = try shape("kinesis", "StreamName").limits
        #expect(name == Limits(minimum: 1, maximum: 128, pattern: "[a-zA-Z0-9_.-]+"))
        #expect(try shape("kinesis", "ShardIteratorType").limits.values.first == "AT_SEQUENCE_NUMBER")
        #expect(try shape("iam", "statusType").limits.values == ["Active", "Inactive", "Expired"])
    }

    @Test func errorsOfServices() throws {
        // The codes of SQS's query protocol are not in this model: whoever writes `x-amzn-query-error` must know them.
        #expect(try service("sqs").error("QueueDoesNotExist")?.error == ErrorTraits())
        let user = try #require(try service("iam").error("NoSuchEntityException")?.error)
        #expect(user.code == "NoSuchEntity" && user.status == 404)
        #expect(try service("iam").error("NoSuchEntity")?.name == "NoSuchEntityException")
        #expect(try service("iam").error("LimitExceeded")?.error?.status == 409)
        #expect(try service("iam").error("ServiceFailure")?.error?.fault == .server)
        #expect(try service("kinesis").error("InternalFailureException")?.error?.status == 500)
        #expect(try service("kinesis").error("ResourceNotFoundException")?.error == ErrorTraits())
        // The model gives these two only where operations list them, or calls them the sender's despite their status.
        #expect(try service("autoscaling").error("ResourceContention")?.error?.fault == .server)
        let simpleDB = try #require(try service("sdb").error("DuplicateItemName")?.error)
        #expect(simpleDB.status == 400)
        let retries = try Catalogue.shared.serviceNames.flatMap { name in
            let service = try service(name)
            return service.errors.compactMap { service[$0].error?.retry }.filter { $0 != .unsaid }
        }
        #expect(retries.count == 194)
        #expect(retries.filter { $0 == .throttling }.count == 51)
    }

    @Test func flagsAndNamesOfShapes() throws {
        #expect(try shape("s3", "GetObjectOutput").traits.payload == "Body")
        #expect(try member("s3", "GetObjectOutput", "Body").flags.contains(.streaming))
        #expect(try shape("s3", "LastModified").kindIsTimestamp)
        #expect(try shape("s3", "Grantee").traits.xmlPrefix == "xsi")
        #expect(try member("s3", "Grantee", "Type").flags.contains(.xmlAttribute))
        #expect(try shape("s3", "SelectObjectContentEventStream").traits.flags.contains(.eventStream))
        #expect(try shape("s3", "RecordsEvent").traits.flags.contains(.event))
        #expect(try member("s3", "RecordsEvent", "Payload").flags.contains(.eventPayload))
        #expect(try shape("s3", "ObjectVersionList").traits.flags.contains(.flattened))
        #expect(try shape("cognito-idp", "PasswordType").traits.flags.contains(.sensitive))
        #expect(try shape("s3", "Expires").traits.timestampFormat == nil)
        let flags = try Catalogue.shared.serviceNames.flatMap { try service($0).shapes.map(\.traits.flags) }
        let counts: [(ShapeTraits.Flags, Int)] = [
            (.flattened, 65), (.sensitive, 1_988), (.streaming, 22), (.requiresLength, 1), (.union, 898),
            (.document, 70),
            (.eventStream, 28), (.event, 88), (.sparse, 6), (.wrapper, 105),
        ]
        for (flag, count) in counts {
            #expect(flags.filter { $0.contains(flag) }.count == count, "flag \(flag.rawValue)")
        }
    }

    @Test func namesAndPlacesOfMembers() throws {
        #expect(try member("s3", "PutObjectRequest", "Bucket").location == .uri)
        #expect(try member("s3", "PutObjectRequest", "Bucket").isRequired)
        #expect(try member("s3", "PutObjectRequest", "Metadata").location == .headers)
        #expect(try member("s3", "PutObjectRequest", "Metadata").locationName == "x-amz-meta-")
        #expect(try member("s3", "ListObjectsV2Request", "MaxKeys").location == .querystring)
        #expect(try member("lambda", "InvocationResponse", "StatusCode").location == .statusCode)
        #expect(try member("ec2", "AssignIpv6AddressesRequest", "Ipv6Addresses").locationName == "ipv6Addresses")
        #expect(try member("s3control", "CreateAccessPointRequest", "AccountId").flags.contains(.hostLabel))
        guard case .list(let element) = try shape("ec2", "InstanceList").kind else { return #expect(Bool(false)) }
        #expect(element.locationName == "item" && element.name == "member")
        #expect(try shape("ec2", "Instance").members.first?.locationName == "architecture")
    }

    @Test func membersKeepTheModelsOrder() throws {
        #expect(
            try shape("kinesis", "PutRecordInput").members.map(\.name).prefix(4) == [
                "StreamName", "Data", "PartitionKey", "ExplicitHashKey",
            ])
        #expect(try shape("s3", "Owner").members.map(\.name) == ["DisplayName", "ID"])
        #expect(try shape("s3", "Error").members.map(\.name) == ["Key", "VersionId", "Code", "Message"])
    }
}

extension Shape {
    fileprivate var kindIsTimestamp: Bool { if case .timestamp = kind { true } else { false } }
}
