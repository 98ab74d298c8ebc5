// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP

/// Finds who signed a request, and for which region and service, without checking anything.
///
/// The places, in AWS's order: the `Authorization` header (SigV4, SigV4A, SigV2), then the query of a presigned URL
/// (`X-Amz-Credential`, or SigV2's `AWSAccessKeyId`).
struct CredentialReader {
    /// Parts of the request's bytes, so that nothing is copied for what is only compared.
    private(set) var accessKey: ArraySlice<UInt8>?
    private(set) var date: ArraySlice<UInt8>?
    private(set) var region: ArraySlice<UInt8>?
    private(set) var service: ArraySlice<UInt8>?
    private(set) var placement = Credential.Placement.none
    /// Signed by version 2, whose signature names no service: S3, or a query service.
    private(set) var isVersion2 = false
    /// A bearer token (RFC 6750, 2.1) in place of a signature.
    private(set) var isBearer = false
    private var token: ArraySlice<UInt8>?
    /// Whether the parts stand in a query, percent-encoded.
    private var isEncoded = false

    init(_ head: RequestHead, _ query: QueryItems) {
        token = head.value("x-amz-security-token")
        if let authorization = head.value("authorization") {
            readHeader(authorization, head)
        } else if !query.items.isEmpty {
            readQuery(query, head)
        }
    }

    /// What the fields of a browser's upload say.
    init(_ form: MultipartForm) {
        token = form.value("x-amz-security-token").map { Array($0.utf8)[...] }
        if let scope = form.value("x-amz-credential") {
            placement = .form
            readScope(Array(scope.utf8)[...], slash: "/", isAsymmetric: false)
        } else if let key = form.value("awsaccesskeyid") {
            placement = .form
            isVersion2 = true
            accessKey = Array(key.utf8)[...]
        }
    }

    /// The credential as text.
    var credential: Credential {
        Credential(
            accessKey: text(accessKey), date: text(date), region: text(region), service: text(service),
            placement: placement, sessionToken: text(token))
    }

    private func text(_ part: ArraySlice<UInt8>?) -> String? {
        part.map { isEncoded ? PercentCoding.lenientText($0, plusIsSpace: false) : String(decoding: $0, as: UTF8.self) }
    }

    private mutating func readHeader(_ authorization: ArraySlice<UInt8>, _ head: RequestHead) {
        if authorization.begins(with: "AWS ") {
            // `AWS AKID:signature` (Amazon S3 REST authentication, version 2).
            let rest = authorization.dropFirst(4)
            accessKey = rest[..<(rest.firstIndex(of: UInt8(ascii: ":")) ?? rest.endIndex)]
            isVersion2 = true
            placement = .header
        } else if authorization.begins(with: "Bearer ") {
            isBearer = true
        } else if authorization.begins(with: "AWS4-") {
            placement = .header
            let isAsymmetric = authorization.begins(with: "AWS4-ECDSA-P256-SHA256")
            let name: StaticString = "Credential="
            guard let at = authorization.position(of: name) else { return }
            let scope = authorization[(at + name.utf8CodeUnitCount)...]
            let end = scope.firstIndex { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: " ") } ?? scope.endIndex
            readScope(scope[..<end], slash: "/", isAsymmetric: isAsymmetric)
            if isAsymmetric { region = Self.firstRegion(head.value("x-amz-region-set")) }
        }
    }

    private mutating func readQuery(_ query: QueryItems, _ head: RequestHead) {
        if let scope = query.value("X-Amz-Credential") {
            placement = .query
            isEncoded = true
            token = query.value("X-Amz-Security-Token") ?? token
            let algorithm = query.value("X-Amz-Algorithm")
            let isAsymmetric = algorithm?.begins(with: "AWS4-ECDSA") ?? false
            readScope(scope, slash: scope.contains(UInt8(ascii: "/")) ? "/" : "%2F", isAsymmetric: isAsymmetric)
            if isAsymmetric {
                region = Self.firstRegion(query.value("X-Amz-Region-Set") ?? head.value("x-amz-region-set"))
            }
        } else if let key = query.value("AWSAccessKeyId") {
            placement = .query
            isEncoded = true
            isVersion2 = true
            accessKey = key
            token = query.value("x-amz-security-token") ?? query.value("SecurityToken") ?? token
        }
    }

    /// `AKID/date/region/service/aws4_request`; SigV4A's scope has no region.
    private mutating func readScope(_ scope: ArraySlice<UInt8>, slash: StaticString, isAsymmetric: Bool) {
        // An access key may itself hold slashes, so the parts are cut off from the end.
        var rest = scope
        guard rest.cutLast(slash) != nil, let service = rest.cutLast(slash),
            let place = isAsymmetric ? service : rest.cutLast(slash), let date = rest.cutLast(slash)
        else {
            accessKey = scope[..<(scope.position(of: slash) ?? scope.endIndex)]
            return
        }
        accessKey = rest
        self.date = date
        if !isAsymmetric { region = place }
        self.service = service
    }

    /// SigV4A signs for a set of regions (`us-east-1,us-west-2`, `*`): the first one, if it is a region.
    private static func firstRegion(_ set: ArraySlice<UInt8>?) -> ArraySlice<UInt8>? {
        guard let set else { return nil }
        let first = set[..<(set.firstIndex { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "%") } ?? set.endIndex)]
        return first.isEmpty || first.contains(UInt8(ascii: "*")) ? nil : first
    }
}
