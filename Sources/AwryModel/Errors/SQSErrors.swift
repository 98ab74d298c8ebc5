// SPDX-License-Identifier: Apache-2.0

/// SQS's errors. botocore's model gives neither the query codes nor the statuses, and both are on the wire.
///
/// Source: `aws.protocols#awsQueryError` and `smithy.api#httpError` in AWS's own model of SQS; without them the code is
/// the shape's name and the status 400. Parameter errors are not SQS's shapes, but its framework's.
enum SQSErrors {
    static let table = ErrorTable(
        namespace: "com.amazonaws.sqs", throttles: ["RequestThrottled"], rows: queues + batches + messages + others)

    private static let coral = "com.amazon.coral.service"
    private static let old = "AWS.SimpleQueueService."

    private static func own(_ shape: String, _ status: Int, _ message: String, fallback: String? = nil) -> ErrorRow {
        var row = ErrorRow(old + shape, status, message, shape: shape, in: .modelledOnly)
        if let fallback { row.messages.append(fallback) }
        return row
    }

    private static let queues: [ErrorRow] = [
        ErrorRow(
            "AWS.SimpleQueueService.NonExistentQueue", 400, "The specified queue does not exist.",
            shape: "QueueDoesNotExist", in: .modelledOnly),
        ErrorRow(
            "QueueAlreadyExists", 400,
            "A queue already exists with the same name and a different value for attribute VisibilityTimeout",
            shape: "QueueNameExists", in: .modelledOnly),
        own(
            "QueueDeletedRecently", 400,
            "You must wait 60 seconds after deleting a queue before you can create another with the same name."),
        own(
            "PurgeQueueInProgress", 403,
            "Only one PurgeQueue operation on ${params.QueueUrl} is allowed every 60 seconds.",
            fallback: "Only one PurgeQueue operation is allowed every 60 seconds."),
        own("UnsupportedOperation", 400, "The operation is not supported."),
    ]

    private static let batches: [ErrorRow] = [
        own("BatchEntryIdsNotDistinct", 400, "Two or more batch entries in the request have the same Id."),
        own(
            "BatchRequestTooLong", 400,
            "Batch requests cannot be longer than 1048576 bytes."),
        own("EmptyBatchRequest", 400, "There should be at least one entry in the request."),
        own(
            "InvalidBatchEntryId", 400,
            "A batch entry id can only contain alphanumeric characters, hyphens and underscores. "
                + "It can be at most 80 letters long."),
        own(
            "TooManyEntriesInBatchRequest", 400, "Maximum number of entries per request are 10."),
    ]

    private static let messages: [ErrorRow] = [
        own(
            "MessageNotInflight", 400,
            "Value ${params.ReceiptHandle} for parameter ReceiptHandle is invalid. Reason: Message does not exist or "
                + "is not available for visibility timeout change.",
            fallback: "Message does not exist or is not available for visibility timeout change."),
        ErrorRow(
            "ReceiptHandleIsInvalid", 404,
            "The input receipt handle \"${params.ReceiptHandle}\" is not a valid receipt handle.",
            "The input receipt handle is invalid.", in: .modelledOnly),
        .text("InvalidMessageContents", ["The message contains characters that are not allowed."]),
        .text("InvalidIdFormat", ["The receipt handle isn't valid for the current version."]),
        ErrorRow("OverLimit", 403, "Too many messages in flight.", in: .modelledOnly),
        .text("InvalidAttributeName", ["Unknown Attribute."]),
        .text("InvalidAttributeValue", ["Invalid value for the parameter Attribute."]),
    ]

    private static let others: [ErrorRow] = [
        ErrorRow(
            "InvalidAddress", 404, "The address ${params.QueueUrl} is not valid for this endpoint.",
            "The specified address is not valid for this endpoint.", in: .modelledOnly),
        ErrorRow(
            "InvalidSecurity", 403, "The request was not made over HTTPS or did not use SigV4.", in: .modelledOnly),
        ErrorRow("RequestThrottled", 403, "Request is throttled.", in: .modelledOnly),
        ErrorRow(
            "ResourceNotFoundException", 404,
            "The resource that you specified for the SourceArn parameter doesn't exist.",
            in: .modelledOnly),
        ErrorRow(
            "KMS.AccessDeniedException", 400, "The caller may not use the key.", shape: "KmsAccessDenied",
            in: .modelledOnly),
        ErrorRow("KMS.DisabledException", 400, "The key is disabled.", shape: "KmsDisabled", in: .modelledOnly),
        ErrorRow(
            "KMS.InvalidKeyUsageException", 400, "The key cannot be used for this operation.",
            shape: "KmsInvalidKeyUsage", in: .modelledOnly),
        ErrorRow(
            "KMS.InvalidStateException", 400, "The key's state does not allow this operation.",
            shape: "KmsInvalidState", in: .modelledOnly),
        ErrorRow("KMS.NotFoundException", 400, "The key does not exist.", shape: "KmsNotFound", in: .modelledOnly),
        ErrorRow(
            "KMS.OptInRequired", 403, "The account is not subscribed to the key's service.",
            shape: "KmsOptInRequired", in: .modelledOnly),
        ErrorRow("KMS.ThrottlingException", 400, "Rate exceeded", shape: "KmsThrottled", in: .modelledOnly),
        ErrorRow(
            "InvalidParameterValue", 400, "Value for a parameter is invalid.",
            shape: "InvalidParameterValueException", namespace: coral),
        ErrorRow(
            "MissingParameter", 400, "The request must contain all required parameters.",
            shape: "MissingRequiredParameterException", namespace: coral),
        ErrorRow(
            "AccessDenied", 403, "Access to the resource ${params.QueueUrl} is denied.",
            "Access to the resource is denied.", shape: "AccessDeniedException", namespace: coral, isUsual: true),
        ErrorRow(
            "InternalError", 500, "We encountered an internal error. Please try again.", namespace: coral,
            isUsual: true),
    ]
}
