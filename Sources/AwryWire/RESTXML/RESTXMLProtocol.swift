// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

/// rest-xml (Smithy's restXml): members in path, query and headers, an XML document or raw bytes as the body. Four
/// services speak it: S3, S3 Control, CloudFront and Route 53.
enum RESTXMLProtocol: WireProtocol {
    /// The name space of a service's answers, where it is known. The models say it of requests only.
    static func namespace(_ service: Service?) -> String? {
        switch service?.name {
        case "s3": "http://s3.amazonaws.com/doc/2006-03-01/"
        case "s3control": "http://awss3control.amazonaws.com/doc/2018-08-20/"
        case "cloudfront": "http://cloudfront.amazonaws.com/doc/2020-05-31/"
        case "route53": "https://route53.amazonaws.com/doc/2013-04-01/"
        default: service?.metadata.xmlNamespace
        }
    }

    /// Whether errors stand at the root (S3), or in an `ErrorResponse`. Without a service it is S3's request.
    static func isS3(_ service: Service?) -> Bool { service == nil || service?.name == "s3" }

    /// The ids that every answer has.
    static func ids(_ service: Service?, _ context: AnswerContext) -> [Header] {
        guard isS3(service) || service?.name == "s3control" else {
            return [Header("x-amzn-RequestId", context.requestID)]
        }
        return [Header("x-amz-request-id", context.requestID), Header("x-amz-id-2", context.hostID)]
    }

    /// The root element of an answer whose body is its whole output. botocore's models lack these names (the
    /// `smithy.api#xmlName` of S3's output shapes); they are those of the S3 API Reference's response syntaxes.
    static func root(of operation: AwryModel.Operation, _ shape: Shape, of service: Service) -> String {
        if service.name == "s3", let root = s3Roots[operation.name] { return root }
        return shape.traits.locationName ?? shape.name
    }

    private static let s3Roots = [
        "CompleteMultipartUpload": "CompleteMultipartUploadResult",
        "CreateMultipartUpload": "InitiateMultipartUploadResult",
        "CreateSession": "CreateSessionResult",
        "DeleteObjects": "DeleteResult",
        "GetBucketAccelerateConfiguration": "AccelerateConfiguration",
        "GetBucketAcl": "AccessControlPolicy",
        "GetBucketCors": "CORSConfiguration",
        "GetBucketLifecycle": "LifecycleConfiguration",
        "GetBucketLifecycleConfiguration": "LifecycleConfiguration",
        "GetBucketLocation": "LocationConstraint",
        "GetBucketLogging": "BucketLoggingStatus",
        "GetBucketNotification": "NotificationConfiguration",
        "GetBucketNotificationConfiguration": "NotificationConfiguration",
        "GetBucketRequestPayment": "RequestPaymentConfiguration",
        "GetBucketTagging": "Tagging",
        "GetBucketVersioning": "VersioningConfiguration",
        "GetBucketWebsite": "WebsiteConfiguration",
        "GetObjectAcl": "AccessControlPolicy",
        "GetObjectAttributes": "GetObjectAttributesResponse",
        "GetObjectTagging": "Tagging",
        "ListBucketAnalyticsConfigurations": "ListBucketAnalyticsConfigurationResult",
        "ListBucketIntelligentTieringConfigurations": "ListBucketIntelligentTieringConfigurationsOutput",
        "ListBucketInventoryConfigurations": "ListInventoryConfigurationsResult",
        "ListBucketMetricsConfigurations": "ListMetricsConfigurationsResult",
        "ListBuckets": "ListAllMyBucketsResult",
        "ListDirectoryBuckets": "ListAllMyDirectoryBucketsResult",
        "ListMultipartUploads": "ListMultipartUploadsResult",
        "ListObjectVersions": "ListVersionsResult",
        "ListObjects": "ListBucketResult",
        "ListObjectsV2": "ListBucketResult",
        "ListParts": "ListPartsResult",
    ]
}
