// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryWire

/// The same as S3 puts them, with the elements that it adds.
extension AuthRefusal {
    var s3: WireError {
        switch self {
        case .unsigned: Self.denied("Access Denied")
        case .incomplete(let missing): Self.malformed("a required \(missing.first ?? "Credential") is missing")
        case .incompleteQuery:
            Self.query(
                "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, "
                    + "X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.")
        case .otherMechanism:
            WireError(
                "InvalidRequest",
                message: "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.")
        case .otherAlgorithm:
            Self.query("X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256 and AWS4-ECDSA-P256-SHA256\"")
        case .malformedCredential:
            Self.malformed(
                "the Credential is mal-formed; expecting \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\".")
        case .noDate: Self.denied("AWS authentication requires a valid Date or x-amz-date header")
        case .badDate: Self.query("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"")
        case .badExpires(let text): Self.query(text)
        case .wrongDay(let parts):
            Self.scoped(
                parts,
                "Invalid credential date \"\(parts.day)\". This date is not the same as X-Amz-Date: "
                    + "\"\(parts.stamp.prefix(8))\".")
        case .wrongRegion(let parts, let expected):
            Self.scoped(
                parts, "the region '\(parts.region)' is wrong; expecting '\(expected)'", ["Region": .string(expected)])
        case .wrongService(let parts, _):
            Self.scoped(parts, "incorrect service \"\(parts.service)\". This endpoint belongs to \"s3\".")
        case .wrongEnd(let parts):
            Self.scoped(parts, "incorrect terminal \"\(parts.end)\". This endpoint uses \"aws4_request\".")
        case .unknownKey(let key):
            WireError(
                "InvalidAccessKeyId", status: 403,
                message: "The AWS Access Key Id you provided does not exist in our records.",
                fields: ["AWSAccessKeyId": .string(key)])
        case .badToken(let token):
            WireError(
                "InvalidToken", message: "The provided token is malformed or otherwise invalid.",
                fields: ["Token-0": .string(token)])
        case .expiredToken(let token):
            WireError("ExpiredToken", message: "The provided token has expired.", fields: ["Token-0": .string(token)])
        case .skewed(let parts, let now):
            WireError(
                "RequestTimeTooSkewed", status: 403,
                message: "The difference between the request time and the current time is too large.",
                fields: [
                    "RequestTime": .string(parts.stamp), "ServerTime": .string(TimeFormats.iso8601(now)),
                    "MaxAllowedSkewMilliseconds": "900000",
                ])
        case .expired(let parts, let now): Self.ended(parts, now)
        case .formerExpired(let end, let now):
            Self.denied(
                "Request has expired",
                ["Expires": .string(TimeFormats.iso8601(end)), "ServerTime": .string(TimeFormats.iso8601(now))])
        case .wrongFormerSignature(let former):
            WireError(
                "SignatureDoesNotMatch", status: 403, message: Self.mismatchText,
                fields: [
                    "AWSAccessKeyId": .string(former.accessKey), "StringToSign": Self.text(former.toSign()),
                    "SignatureProvided": .string(former.signature),
                    "StringToSignBytes": Self.hexadecimal(former.toSign()),
                ])
        case .unsignedHeaders(let names):
            Self.denied(
                "There were headers present in the request which were not signed",
                ["HeadersNotSigned": .string(names.joined(separator: ", "))])
        case .noPayloadHash:
            WireError(
                "MissingSecurityHeader", message: "Your request was missing a required header",
                fields: ["MissingHeaderName": "x-amz-content-sha256"])
        case .wrongSignature(let parts, let stringToSign, let canonical):
            Self.mismatch(parts, stringToSign, canonical)
        case .wrongPayload(let said, let computed):
            WireError(
                "XAmzContentSHA256Mismatch",
                message: "The provided 'x-amz-content-sha256' header does not match what was computed.",
                fields: [
                    "ClientComputedContentSHA256": .string(said), "S3ComputedContentSHA256": .string(computed),
                ])
        case .wrongChunk: WireError("SignatureDoesNotMatch", status: 403, message: Self.mismatchText)
        case .wrongForm(let key):
            WireError(
                "SignatureDoesNotMatch", status: 403, message: Self.mismatchText,
                fields: ["AWSAccessKeyId": .string(key)])
        }
    }

    private static let mismatchText =
        "The request signature we calculated does not match the signature you provided. Check your key and signing "
        + "method."

    private static func mismatch(_ parts: SignatureParts, _ stringToSign: [UInt8], _ canonical: [UInt8]) -> WireError {
        WireError(
            "SignatureDoesNotMatch", status: 403, message: mismatchText,
            fields: [
                "AWSAccessKeyId": .string(parts.accessKey), "StringToSign": text(stringToSign),
                "SignatureProvided": .string(parts.signature), "StringToSignBytes": hexadecimal(stringToSign),
                "CanonicalRequest": text(canonical), "CanonicalRequestBytes": hexadecimal(canonical),
            ])
    }

    private static func text(_ bytes: [UInt8]) -> Value { .string(String(decoding: bytes, as: UTF8.self)) }

    /// Bytes as S3 shows them: `47 45 54`.
    private static func hexadecimal(_ bytes: [UInt8]) -> Value {
        .string(bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " "))
    }

    private static func denied(_ message: String, _ fields: Fields = [:]) -> WireError {
        WireError("AccessDenied", status: 403, message: message, fields: fields)
    }

    private static func ended(_ parts: SignatureParts, _ now: Timestamp) -> WireError {
        let lifetime = parts.lifetime ?? 0
        return denied(
            "Request has expired",
            [
                "X-Amz-Expires": .string(String(lifetime)),
                "Expires": .string(TimeFormats.iso8601(parts.moment + .seconds(lifetime))),
                "ServerTime": .string(TimeFormats.iso8601(now)),
            ])
    }

    private static func query(_ message: String) -> WireError {
        WireError("AuthorizationQueryParametersError", message: message)
    }

    private static func malformed(_ message: String, _ fields: Fields = [:]) -> WireError {
        WireError(
            "AuthorizationHeaderMalformed", message: "The authorization header is malformed; \(message)", fields: fields
        )
    }

    /// What is wrong with a scope, in the words for where it stands.
    private static func scoped(_ parts: SignatureParts, _ message: String, _ fields: Fields = [:]) -> WireError {
        guard parts.placement == .query else { return malformed(message, fields) }
        var error = query("Error parsing the X-Amz-Credential parameter; \(message)")
        error.fields = fields
        return error
    }
}
