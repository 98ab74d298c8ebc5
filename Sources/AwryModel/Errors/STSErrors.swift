// SPDX-License-Identifier: Apache-2.0

/// STS's errors: its model gives codes and statuses, its texts are here.
///
/// An expired session is ExpiredToken with 403, which the model lacks; its ExpiredTokenException (400) speaks of the
/// identity provider's token that a request carries.
enum STSErrors {
    static let table = ErrorTable(
        throttles: ["Throttling"],
        rows: [
            ErrorRow("ExpiredToken", 403, "The security token included in the request is expired"),
            .text("ExpiredTokenException", ["Token expired"]),
            .text("ExpiredTradeInTokenException", ["The trade-in token has expired."]),
            .text("IDPCommunicationErrorException", ["Couldn't retrieve verification key from your identity provider"]),
            .text("IDPRejectedClaimException", ["The identity provider rejected the claim."]),
            .text("InvalidAuthorizationMessageException", ["The encoded authorization message is not valid."]),
            .text("InvalidIdentityTokenException", ["The ID Token provided is not a valid JWT."]),
            .text("JWTPayloadSizeExceededException", ["The token would be too large."]),
            .text("MalformedPolicyDocumentException", ["The policy is not in the valid JSON format."]),
            .text(
                "OutboundWebIdentityFederationDisabledException",
                ["Outbound web identity federation is not enabled for the account."]),
            .text("PackedPolicyTooLargeException", ["Packed size of the session policies and tags exceeds the limit."]),
            .text("RegionDisabledException", ["STS is not activated in this region for account:${account}."]),
            .text("SessionDurationEscalationException", ["The session may not last longer than the caller's own."]),
            ErrorRow(
                "AccessDenied", 403,
                "User: arn:aws:iam::${account}:root is not authorized to perform: %ACTION% on resource: "
                    + "${params.RoleArn}",
                "User: arn:aws:iam::${account}:root is not authorized to perform: %ACTION%", isUsual: true),
        ])
}
