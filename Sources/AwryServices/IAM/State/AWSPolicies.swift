// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Policies that AWS keeps for everybody, those whose documents are short ("AWS managed policies" of the AWS Managed
/// Policy Reference Guide).
extension ManagedPolicy {
    /// By ARN.
    static let ofAWS: [String: ManagedPolicy] = Dictionary(
        uniqueKeysWithValues: (grants + assumed + rootTasks).map { row in
            let arn = "arn:aws:iam::aws:policy\(row.path)\(row.name)"
            let id = IdentifierSource(seed: 0, sandbox: "", service: arn)
            return (arn, ManagedPolicy(row, arn: arn, id: id))
        })

    private struct Row {
        let path: String
        let name: String
        let actions: [String]

        init(_ name: String, _ actions: [String], path: String = "/") {
            self.path = path
            self.name = name
            self.actions = actions
        }
    }

    private static let grants: [Row] = [
        Row("AdministratorAccess", ["*"]),
        Row("AmazonS3FullAccess", ["s3:*", "s3-object-lambda:*"]),
        Row(
            "AmazonS3ReadOnlyAccess",
            ["s3:Get*", "s3:List*", "s3:Describe*", "s3-object-lambda:Get*", "s3-object-lambda:List*"]),
        Row("AmazonSQSFullAccess", ["sqs:*"]),
        Row(
            "AmazonSQSReadOnlyAccess",
            [
                "sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:ListDeadLetterSourceQueues", "sqs:ListQueues",
                "sqs:ListMessageMoveTasks", "sqs:ListQueueTags",
            ]),
        Row("AmazonKinesisFullAccess", ["kinesis:*"]),
        Row("AmazonKinesisReadOnlyAccess", ["kinesis:Get*", "kinesis:List*", "kinesis:Describe*"]),
        Row("AmazonSNSFullAccess", ["sns:*"]),
        Row("AmazonSNSReadOnlyAccess", ["sns:GetTopicAttributes", "sns:List*"]),
        Row("IAMFullAccess", iamFull),
        Row(
            "IAMReadOnlyAccess",
            [
                "iam:GenerateCredentialReport", "iam:GenerateServiceLastAccessedDetails", "iam:Get*", "iam:List*",
                "iam:SimulateCustomPolicy", "iam:SimulatePrincipalPolicy",
            ]),
        Row("IAMUserChangePassword", ["iam:ChangePassword", "iam:GetAccountPasswordPolicy"]),
        Row("AmazonCognitoDeveloperAuthenticatedIdentities", cognitoDeveloper),
        Row("AmazonCognitoUnAuthedIdentitiesSessionPolicy", cognitoGuests),
        Row("CloudWatchLogsFullAccess", ["logs:*", "cloudwatch:GenerateQuery"]),
    ]

    private static let iamFull = [
        "iam:*", "organizations:DescribeAccount", "organizations:DescribeOrganization",
        "organizations:DescribeOrganizationalUnit", "organizations:DescribePolicy", "organizations:ListChildren",
        "organizations:ListParents", "organizations:ListPoliciesForTarget", "organizations:ListRoots",
        "organizations:ListPolicies", "organizations:ListTargetsForPolicy",
    ]

    private static let cognitoDeveloper = [
        "cognito-identity:GetOpenIdTokenForDeveloperIdentity", "cognito-identity:LookupDeveloperIdentity",
        "cognito-identity:MergeDeveloperIdentities", "cognito-identity:UnlinkDeveloperIdentity",
    ]

    /// What identity pools narrow guests' sessions by.
    private static let cognitoGuests =
        ["rum:PutRumEvents", "sagemaker:InvokeEndpoint"]
        + [
            "comprehend", "firehose", "mobiletargeting", "personalize", "polly", "rekognition", "transcribe",
            "translate",
        ].map { "\($0):*" }
        + [
            "GetMap*", "ListMaps", "SearchPlaceIndex*", "GetPlace", "CalculateRoute*", "*Geofence", "*Geofences",
            "*DevicePosition*",
        ].map { "geo:\($0)" }
        + [
            "Encrypt", "Decrypt", "ReEncryptTo", "ReEncryptFrom", "GenerateDataKey", "GenerateDataKeyPair",
            "GenerateDataKeyPairWithoutPlaintext", "GenerateDataKeyWithoutPlaintext",
        ].map { "kms:\($0)" }

    private static let logging = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]

    /// Those that roles of services are given.
    private static let assumed: [Row] = [
        Row("AWSLambdaBasicExecutionRole", logging, path: "/service-role/"),
        Row(
            "AWSLambdaSQSQueueExecutionRole",
            ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"] + logging, path: "/service-role/"),
        Row(
            "AWSLambdaKinesisExecutionRole",
            [
                "kinesis:DescribeStream", "kinesis:DescribeStreamSummary", "kinesis:GetRecords",
                "kinesis:GetShardIterator", "kinesis:ListShards", "kinesis:ListStreams", "kinesis:SubscribeToShard",
            ] + logging, path: "/service-role/"),
    ]

    /// What AssumeRoot lets a root do ("AssumeRoot" of the STS API Reference).
    private static let rootTasks: [Row] = [
        Row("IAMAuditRootUserCredentials", rootAudit, path: "/root-task/"),
        Row("IAMCreateRootUserPassword", ["iam:CreateLoginProfile", "iam:GetLoginProfile"], path: "/root-task/"),
        Row(
            "IAMDeleteRootUserCredentials",
            rootAudit + [
                "iam:DeactivateMFADevice", "iam:DeleteAccessKey", "iam:DeleteLoginProfile",
                "iam:DeleteSigningCertificate", "iam:DeleteVirtualMFADevice",
            ], path: "/root-task/"),
        Row(
            "S3UnlockBucketPolicy",
            ["s3:DeleteBucketPolicy", "s3:GetBucketPolicy", "s3:ListAllMyBuckets", "s3:PutBucketPolicy"],
            path: "/root-task/"),
        Row(
            "SQSUnlockQueuePolicy",
            ["sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:ListQueues", "sqs:SetQueueAttributes"],
            path: "/root-task/"),
    ]
    private static let rootAudit = [
        "iam:GetAccessKeyLastUsed", "iam:GetAccountSummary", "iam:GetLoginProfile", "iam:GetUser",
        "iam:ListAccessKeys", "iam:ListMFADevices", "iam:ListSigningCertificates",
    ]

    private init(_ row: Row, arn: String, id: IdentifierSource) {
        var id = id
        let statement: Value = [
            "Effect": "Allow", "Action": row.actions == ["*"] ? "*" : .list(row.actions.map { .string($0) }),
            "Resource": "*",
        ]
        let document: Value = ["Version": "2012-10-17", "Statement": [statement]]
        let letters = id.letters(17, of: "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
        // The day on which AWS began to keep policies.
        let entity = IAMEntity(
            name: row.name, path: row.path, id: "ANPA" + letters, created: Timestamp(seconds: 1_423_161_600))
        self.init(entity, arn: arn, description: nil, document: JSON.text(document))
    }
}
