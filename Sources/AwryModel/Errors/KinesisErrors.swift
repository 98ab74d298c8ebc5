// SPDX-License-Identifier: Apache-2.0

/// Kinesis's errors: its model is complete, its texts are here.
enum KinesisErrors {
    // Data operations model the first, all others the second.
    static let table = ErrorTable(
        throttles: ["ProvisionedThroughputExceededException", "LimitExceededException"],
        rows: [
            .text(
                "ResourceNotFoundException",
                [
                    "Stream ${params.StreamName} under account ${account} not found.",
                    "Consumer ${params.ConsumerARN} under account ${account} not found.",
                    "Stream ${params.StreamARN} under account ${account} not found.",
                    "Resource ${params.ResourceARN} under account ${account} not found.",
                    "Stream under account ${account} not found.",
                ]),
            .text(
                "LimitExceededException",
                [
                    "Rate exceeded for stream ${params.StreamName} under account ${account}.",
                    "Rate exceeded for stream ${params.StreamARN} under account ${account}.",
                    "Rate exceeded for resource ${params.ResourceARN} under account ${account}.",
                    "Rate exceeded for account ${account}.",
                ]),
            .text(
                "ProvisionedThroughputExceededException",
                [
                    "Rate exceeded for shard shardId-000000000000 in stream ${params.StreamName} under account "
                        + "${account}.",
                    "Rate exceeded for shard shardId-000000000000 in stream ${params.StreamARN} under account "
                        + "${account}.",
                    "Rate exceeded for shard shardId-000000000000 under account ${account}.",
                ]),
            .text(
                "ResourceInUseException",
                [
                    "Stream ${params.StreamName} under account ${account} is not in a state that allows this "
                        + "operation.",
                    "Stream ${params.StreamARN} under account ${account} is not in a state that allows this operation.",
                    "The resource is not in a state that allows this operation.",
                ]),
            .text("ExpiredIteratorException", ["Iterator expired. The iterator is older than 300000 milliseconds."]),
            .text("ExpiredNextTokenException", ["NextToken has expired."]),
            .text("InternalFailureException", ["Internal service failure."]),
            .text("InvalidArgumentException", ["Invalid argument."]),
            .text("ValidationException", ["The request does not satisfy the service's constraints."]),
            .text("KMSAccessDeniedException", ["The caller may not use the key."]),
            .text("KMSDisabledException", ["The key is disabled."]),
            .text("KMSInvalidStateException", ["The key's state does not allow this operation."]),
            .text("KMSNotFoundException", ["The key does not exist."]),
            .text("KMSOptInRequired", ["The account is not subscribed to the key's service."]),
            .text("KMSThrottlingException", ["Rate exceeded"]),
            .text(
                "AccessDeniedException",
                [
                    "User: arn:aws:iam::${account}:root is not authorized to perform: %ACTION% on resource: "
                        + "arn:aws:kinesis:${region}:${account}:stream/${params.StreamName} because no identity-based "
                        + "policy allows the %ACTION% action",
                    "User: arn:aws:iam::${account}:root is not authorized to perform: %ACTION% because no "
                        + "identity-based policy allows the %ACTION% action",
                ]),
        ])
}
