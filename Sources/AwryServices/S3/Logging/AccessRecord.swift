// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// One request to a bucket, as its server access log tells of it ("Amazon S3 server access log format", Amazon S3 User
/// Guide). What is nil is written as `-`.
public struct AccessRecord: Sendable {
    /// The bucket that was asked.
    public var bucket: String
    /// The operation, as logs call it: `REST.GET.OBJECT`.
    public var operation: String
    /// The object's key.
    public var key: String?
    /// When the request came, by the sandbox's clock.
    public var time: Timestamp
    /// From where.
    public var address: String?
    /// Who asked; nil for nobody.
    public var requester: Principal?
    /// The answer's `x-amz-request-id`.
    public var requestID: String
    /// The request's first line: `GET /bucket/key HTTP/1.1`.
    public var request: String?
    /// The answer's status.
    public var status: Int?
    /// The answer's error code.
    public var error: String?
    /// How many bytes the answer's body has.
    public var bytesSent = 0
    /// How many the object has.
    public var objectSize: Int?
    /// How long the request was under way.
    public var milliseconds: Int64?
    /// The request's `Referer`.
    public var referer: String?
    /// The request's `User-Agent`.
    public var userAgent: String?
    /// The version that was asked for.
    public var versionID: String?
    /// The answer's `x-amz-id-2`.
    public var hostID: String?
    /// `SigV2` or `SigV4`.
    public var signature: String?
    /// `AuthHeader` or `QueryString`.
    public var authentication: String?
    /// The request's `Host`.
    public var host: String?

    /// A record of these parts.
    public init(bucket: String, operation: String, time: Timestamp, requestID: String) {
        self.bucket = bucket
        self.operation = operation
        self.time = time
        self.requestID = requestID
    }

    /// The line of the log, with the bucket's owner and without the line's end.
    func line(owner: S3Owner) -> String {
        var fields = [
            owner.id, bucket, "[\(Self.date(time))]", address, requesterID, requestID, operation,
            // As the key stands in a URL, but for its slashes.
            key.map { PercentCoding.encode($0, keeping: "/") }, "\"\(request ?? "-")\"", status.map { String($0) },
            error,
        ]
        fields += [
            bytesSent > 0 ? String(bytesSent) : nil, objectSize.map { String($0) }, milliseconds.map { String($0) },
            milliseconds.map { String($0) }, "\"\(referer ?? "-")\"", "\"\(userAgent ?? "-")\"", versionID, hostID,
            signature,
        ]
        // The cipher suite, and then TLS's version, the access point, whether an ACL was needed, and the region that
        // the request came from: of those nothing is known here.
        fields += [nil, authentication, host, nil, nil, nil, nil]
        return fields.map { $0.flatMap { $0.isEmpty ? nil : $0 } ?? "-" }.joined(separator: " ")
    }

    /// An account's root is its canonical user, anybody else an ARN.
    private var requesterID: String? {
        guard let requester else { return nil }
        return requester.kind == .root ? S3Owner(account: requester.account).id : requester.arn
    }

    /// `01/Mar/2026:12:00:00 +0000`
    private static func date(_ moment: Timestamp) -> String {
        let parts = TimeFormats.rfc822(moment).split(separator: " ")
        return "\(parts[1])/\(parts[2])/\(parts[3]):\(parts[4]) +0000"
    }
}
