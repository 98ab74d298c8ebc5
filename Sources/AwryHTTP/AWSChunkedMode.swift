// SPDX-License-Identifier: Apache-2.0

/// What a body in `aws-chunked` carries beside its data, as `x-amz-content-sha256` announces it.
public enum AWSChunkedMode: Sendable, Hashable {
    /// Sizes and data; `Content-Encoding: aws-chunked` without one of the values below. Trailers are taken.
    case plain
    /// A signature with each chunk.
    case signed
    /// The same, and signed trailers.
    case signedTrailer
    /// No signatures, and trailers.
    case unsignedTrailer

    /// The mode that this value of `x-amz-content-sha256` announces; nil if it announces none.
    public init?(contentSHA256 value: String) {
        switch value {
        case "STREAMING-AWS4-HMAC-SHA256-PAYLOAD", "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD": self = .signed
        case "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER", "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER":
            self = .signedTrailer
        case "STREAMING-UNSIGNED-PAYLOAD-TRAILER": self = .unsignedTrailer
        default: return nil
        }
    }

    /// The mode of a request with this head; nil if its body is not in `aws-chunked`.
    public init?(_ head: RequestHead) {
        // A hash in hexadecimal digits is no name of a mode, and is most requests'.
        if let hash = head.value("x-amz-content-sha256"), hash.first == UInt8(ascii: "S"),
            let mode = AWSChunkedMode(contentSHA256: String(decoding: hash, as: UTF8.self))
        {
            self = mode
            return
        }
        if head.value("content-encoding") == nil { return nil }
        for value in head.texts("content-encoding") {
            for coding in value.split(separator: ",") where Self.names(coding) {
                self = .plain
                return
            }
        }
        return nil
    }

    private static func names(_ coding: Substring) -> Bool {
        coding.filter { $0 != " " && $0 != "\t" }.lowercased() == "aws-chunked"
    }

    /// Whether each chunk has a signature.
    public var signsChunks: Bool { self == .signed || self == .signedTrailer }

    /// Whether the trailers have a signature.
    public var signsTrailers: Bool { self == .signedTrailer }
}
