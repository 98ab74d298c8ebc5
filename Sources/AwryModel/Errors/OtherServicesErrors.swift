// SPDX-License-Identifier: Apache-2.0

/// EC2's errors. Its model names none: all are known from the wire alone.
///
/// Source: "Error codes for the Amazon EC2 API" of the EC2 Developer Guide, codes and statuses.
enum EC2Errors {
    static let table = ErrorTable(throttles: ["RequestLimitExceeded"], rows: account + found + states)

    private static let account: [ErrorRow] = [
        ErrorRow("RequestLimitExceeded", 503, "Request limit exceeded.", isUsual: true),
        ErrorRow(
            "AuthFailure", 401, "AWS was not able to validate the provided access credentials", isUsual: true),
        ErrorRow(
            "UnauthorizedOperation", 403,
            "You are not authorized to perform this operation. Encoded authorization failure message: "
                + "${authorizationMessage}", "You are not authorized to perform this operation.", isUsual: true),
        ErrorRow("InternalError", 500, "An internal error has occurred", isUsual: true),
        ErrorRow("Unavailable", 503, "The service is unavailable. Please try again shortly."),
        ErrorRow(
            "DryRunOperation", 412, "Request would have succeeded, but DryRun flag is set.", in: .taking(["DryRun"])),
        ErrorRow(
            "InsufficientInstanceCapacity", 500,
            "There is not enough capacity to fulfil the request. Please try again later.",
            in: .named(["RunInstances", "StartInstances", "CreateFleet"])),
        ErrorRow(
            "InstanceLimitExceeded", 400, "You have requested more instances than your current instance limit allows.",
            in: .named(["RunInstances"])),
        ErrorRow(
            "VcpuLimitExceeded", 400,
            "You have requested more vCPU capacity than your current vCPU limit allows.", in: .named(["RunInstances"])),
        ErrorRow("OperationNotPermitted", 400, "The operation is not permitted."),
        ErrorRow("UnsupportedOperation", 400, "The operation is not supported."),
    ]

    private static func missing(_ code: String, _ kind: String, _ member: String) -> ErrorRow {
        ErrorRow(
            code, 400, "The \(kind) '${params.\(member)}' does not exist", "The \(kind) does not exist",
            in: .taking([member]))
    }

    private static let found: [ErrorRow] = [
        missing("InvalidInstanceID.NotFound", "instance ID", "InstanceId"),
        missing("InvalidAMIID.NotFound", "image id", "ImageId"),
        missing("InvalidVpcID.NotFound", "vpc ID", "VpcId"),
        missing("InvalidSubnetID.NotFound", "subnet ID", "SubnetId"),
        missing("InvalidGroup.NotFound", "security group", "GroupId"),
        missing("InvalidVolume.NotFound", "volume", "VolumeId"),
        missing("InvalidSnapshot.NotFound", "snapshot", "SnapshotId"),
        missing("InvalidKeyPair.NotFound", "key pair", "KeyName"),
        missing("InvalidNetworkInterfaceID.NotFound", "networkInterface ID", "NetworkInterfaceId"),
        missing("InvalidAllocationID.NotFound", "allocation ID", "AllocationId"),
        missing("InvalidRouteTableID.NotFound", "routeTable ID", "RouteTableId"),
        missing("InvalidInternetGatewayID.NotFound", "internetGateway ID", "InternetGatewayId"),
        ErrorRow(
            "InvalidInstanceID.Malformed", 400, "Invalid id: \"${params.InstanceId}\"", "Invalid id",
            in: .taking(["InstanceId"])),
        ErrorRow("InvalidID", 400, "The specified ID is not valid"),
    ]

    private static let states: [ErrorRow] = [
        ErrorRow("DependencyViolation", 400, "The resource has a dependent object"),
        ErrorRow(
            "IncorrectInstanceState", 400,
            "The instance '${params.InstanceId}' is not in a state from which it can be changed.",
            "The instance is not in a state from which it can be changed.", in: .taking(["InstanceId"])),
        ErrorRow(
            "InvalidGroup.Duplicate", 400, "The security group '${params.GroupName}' already exists",
            in: .named(["CreateSecurityGroup"])),
        ErrorRow(
            "InvalidKeyPair.Duplicate", 400, "The keypair already exists",
            in: .named(["CreateKeyPair", "ImportKeyPair"])),
        ErrorRow(
            "InvalidPermission.Duplicate", 400, "The specified rule already exists",
            in: .named(["AuthorizeSecurityGroupIngress", "AuthorizeSecurityGroupEgress"])),
        ErrorRow(
            "InvalidPermission.NotFound", 400, "The specified rule does not exist in this security group.",
            in: .named(["RevokeSecurityGroupIngress", "RevokeSecurityGroupEgress"])),
        ErrorRow(
            "VpcLimitExceeded", 400, "The maximum number of VPCs has been reached.", in: .named(["CreateVpc"])),
        ErrorRow(
            "IdempotentParameterMismatch", 400,
            "The request uses the same client token as a previous, but non-identical request.",
            in: .taking(["ClientToken"])),
    ]
}

/// DynamoDB's errors: its name space and the texts that programs meet most.
enum DynamoDBErrors {
    static let table = ErrorTable(
        namespace: "com.amazonaws.dynamodb.v20120810",
        throttles: ["ProvisionedThroughputExceededException", "ThrottlingException"],
        rows: [
            .text("ConditionalCheckFailedException", ["The conditional request failed"]),
            .text(
                "ProvisionedThroughputExceededException",
                [
                    "The level of configured provisioned throughput for the table was exceeded. "
                        + "Consider increasing your provisioning level with the UpdateTable API."
                ]),
            .text("ResourceNotFoundException", ["Requested resource not found"]),
            .text("ResourceInUseException", ["Table already exists: ${params.TableName}", "The resource is in use."]),
            .text("ThrottlingException", ["Rate exceeded"]),
            .text("TransactionCanceledException", ["Transaction cancelled"]),
            .text("TransactionConflictException", ["Transaction is ongoing for the item"]),
            .text("InternalServerError", ["Internal server error"]),
            ErrorRow(
                "ValidationException", 400, "One or more parameter values were invalid",
                namespace: "com.amazon.coral.validate"),
        ])
}
