// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Why a request is not taken for who it says it is; worded by `AuthRefusal+Words`.
enum AuthRefusal: Error {
    /// No signature at all.
    case unsigned
    /// The `Authorization` header lacks these.
    case incomplete([String])
    case incompleteQuery
    /// Signed by a mechanism that is not Signature Version 4.
    case otherMechanism(String)
    case otherAlgorithm
    case malformedCredential(String)
    case noDate
    case badDate(String)
    case badExpires(String)
    /// The scope's day is not the signature's.
    case wrongDay(SignatureParts)
    case wrongRegion(SignatureParts, expected: String)
    case wrongService(SignatureParts, expected: String)
    case wrongEnd(SignatureParts)
    case unknownKey(String)
    /// The key is of a session, and what came beside it is not its token.
    case badToken(String)
    case expiredToken(String)
    case skewed(SignatureParts, now: Timestamp)
    /// A presigned URL whose time is over.
    case expired(SignatureParts, now: Timestamp)
    case formerExpired(Timestamp, now: Timestamp)
    case wrongFormerSignature(FormerSignature)
    /// S3 wants every header of AWS's own signed.
    case unsignedHeaders([String])
    case noPayloadHash
    case wrongSignature(SignatureParts, stringToSign: [UInt8], canonical: [UInt8])
    case wrongPayload(said: String, computed: String)
    case wrongChunk
    /// A browser's upload whose policy is not signed so; its key.
    case wrongForm(String)
}
