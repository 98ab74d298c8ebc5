// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import AwryWire

/// How long a presigned URL holds ("Authenticating Requests: Using Query Parameters", Amazon S3 API Reference; and the
/// older "Signing and authenticating REST requests"). Its signature is not looked at here.
struct PresignedURL {
    /// A week, in seconds.
    private static let longest: Int64 = 604_800
    private static let needed = [
        "X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Signature", "X-Amz-Date", "X-Amz-SignedHeaders", "X-Amz-Expires",
    ]

    private let parameters: [(name: String, value: String)]

    /// The URL that a request came by; nil where it has no signature.
    init?(_ head: RequestHead) {
        guard let query = head.query, let form = try? Form(query) else { return nil }
        parameters = form.parameters.map { ($0.name, $0.value) }
        guard value("X-Amz-Credential") != nil || value("AWSAccessKeyId") != nil else { return nil }
    }

    /// Throws what S3 answers once it has expired.
    func judge(at now: Timestamp) throws(WireError) {
        if value("AWSAccessKeyId") != nil {
            try judgeOld(at: now)
            return
        }
        guard Self.needed.allSatisfy({ value($0) != nil }) else {
            throw Self.malformed(
                "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, "
                    + "X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.")
        }
        guard let text = value("X-Amz-Expires"), let span = Int64(text) else {
            throw Self.malformed("X-Amz-Expires should be a number")
        }
        if span < 0 { throw Self.malformed("X-Amz-Expires must be non-negative") }
        if span > Self.longest {
            throw Self.malformed(
                "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less "
                    + "than \(Self.longest) seconds")
        }
        guard let signed = Self.moment(value("X-Amz-Date") ?? "") else {
            throw Self.malformed("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"")
        }
        let end = signed + .seconds(span)
        if now > end { throw Self.expired(["X-Amz-Expires": .string(text)], end, now) }
    }

    private func judgeOld(at now: Timestamp) throws(WireError) {
        guard value("Signature") != nil, let text = value("Expires") else {
            throw WireError(
                "AccessDenied", status: 403,
                message: "Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters")
        }
        guard let seconds = Int64(text), abs(seconds) < 1 << 40 else {
            throw WireError(
                "AccessDenied", status: 403, message: "Invalid date (should be seconds since epoch): \(text)")
        }
        let end = Timestamp(seconds: seconds)
        if now > end { throw Self.expired([:], end, now) }
    }

    private func value(_ name: String) -> String? { parameters.first { $0.name == name }?.value }

    /// `20260301T120000Z`
    private static func moment(_ text: String) -> Timestamp? {
        let parts = Array(text)
        guard parts.count == 16, parts[8] == "T", parts[15] == "Z" else { return nil }
        let day = "\(String(parts[0..<4]))-\(String(parts[4..<6]))-\(String(parts[6..<8]))"
        let time = "\(String(parts[9..<11])):\(String(parts[11..<13])):\(String(parts[13..<15]))"
        return TimeFormats.parseISO8601("\(day)T\(time)Z")
    }

    private static func expired(_ told: Fields, _ end: Timestamp, _ now: Timestamp) -> WireError {
        var fields = told
        fields["Expires"] = .string(TimeFormats.iso8601(end))
        fields["ServerTime"] = .string(TimeFormats.iso8601(now, fraction: .none))
        return WireError("AccessDenied", status: 403, message: "Request has expired", fields: fields)
    }

    private static func malformed(_ message: String) -> WireError {
        WireError("AuthorizationQueryParametersError", status: 400, message: message)
    }
}
