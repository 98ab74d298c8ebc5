// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import AwryServices
import AwryWire

/// Buckets that are not where they are asked for ("Making requests using the REST API" and "Request redirection and the
/// REST API", Amazon S3 User Guide).
extension Pipeline {
    /// How long the name of a new bucket may take to be known everywhere: till then its own host leads to us-east-1,
    /// which sends elsewhere, and later to the bucket's region, which finds the signature to be for another.
    private static let spreading = Duration.seconds(24 * 3600)
    /// Regions that an account has to enable, which the others do not send to ("Considerations before using AWS
    /// Regions", AWS Account Management Reference Guide: introduced after 20 March 2019).
    private static let optional: Set<String> = [
        "af-south-1", "ap-east-1", "ap-east-2", "ap-south-2", "ap-southeast-3", "ap-southeast-4", "ap-southeast-5",
        "ap-southeast-6", "ap-southeast-7", "ca-west-1", "eu-central-2", "eu-south-1", "eu-south-2", "il-central-1",
        "me-central-1", "me-south-1", "mx-central-1",
    ]

    /// The region that a call is made to. Who signs nothing and names a bucket by its own host, which tells no region,
    /// comes to where the bucket is.
    func region(of call: Call) -> String {
        let identified = call.identified
        guard let name = identified.hostBucket, identified.hostRegion == nil, identified.credential.region == nil,
            let bucket = call.sandbox.world.front(ofBucket: name)
        else { return identified.region }
        return bucket.region
    }

    /// Throws where the signature is for another region than the one whose endpoint was called.
    func checkScope(of call: Call) throws(WireError) {
        guard let wanted = call.identified.hostRegion, let signed = call.identified.credential.region,
            signed != wanted, signed != "*", call.identified.dialect != .website
        else { return }
        throw wrongScope(signed, wanted, call)
    }

    /// A bucket that is elsewhere, as S3 says it. `error` is what the state makes of it, which knows no hosts.
    func faced(_ error: WireError, by call: Call) -> WireError {
        guard error.code == "PermanentRedirect",
            let wanted = error.headers.first(where: { $0.name == "x-amz-bucket-region" })?.value
        else { return error }
        let identified = call.identified
        if identified.dialect == .website {
            return WireError(
                "IncorrectEndpoint", status: 400,
                message: "The specified bucket exists in another Region. Direct requests to the correct endpoint.",
                fields: error.fields)
        }
        guard let name = identified.hostBucket, identified.hostRegion == nil, let signed = identified.credential.region,
            let bucket = call.sandbox.world.front(ofBucket: name)
        else { return Self.optional.contains(wanted) ? incompatible(wanted, error) : error }
        if call.sandbox.clock.now - bucket.createdAt < Self.spreading { return temporary(error, wanted, name, call) }
        var refusal = wrongScope(signed, wanted, call)
        refusal.headers = error.headers
        return refusal
    }

    private func incompatible(_ region: String, _ error: WireError) -> WireError {
        WireError(
            "IllegalLocationConstraintException", status: 400,
            message: "The \(region) location constraint is incompatible for the region specific endpoint this request "
                + "was sent to.", headers: error.headers)
    }

    private func temporary(_ error: WireError, _ region: String, _ bucket: String, _ call: Call) -> WireError {
        let head = call.request.head
        let domain = (head.text("host") ?? "").dropFirst(bucket.utf8.count + 1).split(separator: ".")
            .drop { $0 == "s3" || $0.hasPrefix("s3-") || $0 == "dualstack" }.joined(separator: ".")
        let scheme = call.request.arrival.isSecure ? "https" : "http"
        let query = head.query.map { "?" + String(decoding: $0, as: UTF8.self) } ?? ""
        let target = call.request.path + query
        return WireError(
            "TemporaryRedirect", status: 307,
            message: "Please re-send this request to the specified temporary endpoint. Continue to use the original "
                + "request endpoint for future requests.",
            fields: error.fields,
            headers: error.headers + [Header("Location", "\(scheme)://\(bucket).s3.\(region).\(domain)\(target)")])
    }

    private func wrongScope(_ signed: String, _ wanted: String, _ call: Call) -> WireError {
        let isQuery = call.identified.credential.placement == .query
        let place =
            isQuery ? "Error parsing the X-Amz-Credential parameter" : "The authorization header is malformed"
        return WireError(
            isQuery ? "AuthorizationQueryParametersError" : "AuthorizationHeaderMalformed", status: 400,
            message: "\(place); the region '\(signed)' is wrong; expecting '\(wanted)'",
            fields: ["Region": .string(wanted)])
    }
}
