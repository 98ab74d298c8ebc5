// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

/// The errors as AWS's front ends put them (recorded answers; "Common Error Types" of the API references; Amazon S3 API
/// Reference, "Error responses").
extension AuthRefusal {
    /// The error that the client gets from this service.
    func error(_ operation: Operation, _ service: Service) -> WireError {
        service.metadata.signingName == "s3" ? s3 : common(operation, service)
    }

    private func common(_ operation: Operation, _ service: Service) -> WireError {
        let (name, message) = words
        let known =
            ErrorDirectory.resolve(name, operation: operation, service: service)
            ?? ErrorDirectory.verbatim(name, operation: operation, service: service)
        if known.code == "AuthFailure" {
            return known.wireError(message: "AWS was not able to validate the provided access credentials")
        }
        return known.wireError(message: message ?? known.messages.last).spelt(name, for: service)
    }

    /// The error's name in the directory, and its text where the directory's own is another.
    private var words: (name: String, message: String?) {
        switch self {
        case .unsigned: ("MissingAuthenticationToken", nil)
        case .incomplete(let missing):
            (
                "IncompleteSignature",
                missing.map { "Authorization header requires '\($0)' parameter." }.joined(separator: " ")
            )
        case .incompleteQuery:
            (
                "IncompleteSignature",
                "AWS query-string parameters must include 'X-Amz-Algorithm', 'X-Amz-Credential', 'X-Amz-Date', "
                    + "'X-Amz-Expires', 'X-Amz-Signature' and 'X-Amz-SignedHeaders'."
            )
        case .otherMechanism(let name): ("IncompleteSignature", "Unsupported AWS 'algorithm': '\(name)'.")
        case .otherAlgorithm: ("IncompleteSignature", "Unsupported AWS 'algorithm'.")
        case .malformedCredential(let text):
            (
                "IncompleteSignature",
                "Credential must have exactly 5 slash-delimited elements, e.g. "
                    + "keyid/date/region/service/term, got '\(text)'"
            )
        case .noDate:
            (
                "IncompleteSignature",
                "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header."
            )
        case .badDate(let text):
            ("IncompleteSignature", "Date must be in ISO-8601 'basic format'. Got '\(text)'.")
        case .badExpires(let text): ("IncompleteSignature", text)
        case .wrongDay(let parts):
            (
                "SignatureDoesNotMatch",
                "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: "
                    + "'\(parts.day)' != '\(parts.stamp.prefix(8))', from '\(parts.stamp)'."
            )
        case .wrongRegion: ("SignatureDoesNotMatch", "Credential should be scoped to a valid region. ")
        case .wrongService(_, let expected):
            ("SignatureDoesNotMatch", "Credential should be scoped to correct service: '\(expected)'. ")
        case .wrongEnd(let parts):
            (
                "SignatureDoesNotMatch",
                "Credential should be scoped with a valid terminator: 'aws4_request', not '\(parts.end)'. "
            )
        case .unknownKey, .badToken: ("InvalidClientTokenId", nil)
        case .expiredToken: ("ExpiredToken", nil)
        case .skewed(let parts, let now): ("SignatureDoesNotMatch", Self.skew(parts, now))
        case .expired(let parts, let now): ("SignatureDoesNotMatch", Self.end(parts, now))
        case .unsignedHeaders(let names):
            (
                "SignatureDoesNotMatch",
                names.map { "'\($0)' must be a 'SignedHeader' in the AWS Authorization." }.joined(separator: " ")
            )
        case .noPayloadHash, .wrongSignature, .wrongPayload, .wrongChunk, .formerExpired, .wrongFormerSignature,
            .wrongForm:
            ("SignatureDoesNotMatch", nil)
        }
    }

    private static func skew(_ parts: SignatureParts, _ now: Timestamp) -> String {
        let current = TimeFormats.basic(now)
        if parts.moment < now {
            let first = TimeFormats.basic(now + .seconds(-900))
            return "Signature expired: \(parts.stamp) is now earlier than \(first) (\(current) - 15 min.)"
        }
        let last = TimeFormats.basic(now + .seconds(900))
        return "Signature not yet current: \(parts.stamp) is still later than \(last) (\(current) + 15 min.)"
    }

    private static func end(_ parts: SignatureParts, _ now: Timestamp) -> String {
        let end = TimeFormats.basic(parts.moment + .seconds(parts.lifetime ?? 0))
        return "Signature expired: \(end) is now earlier than \(TimeFormats.basic(now))"
    }
}

extension WireError {
    /// A service that also speaks the query protocol's codes sends them beside the shape, from its common front end.
    func spelt(_ code: String, for service: Service) -> WireError {
        guard service.metadata.isQueryCompatible else { return self }
        var error = self
        error.code = code
        error.namespace = "com.amazon.coral.service"
        if code != "IncompleteSignature" { error.status = 403 }
        return error
    }
}
