// SPDX-License-Identifier: Apache-2.0

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

    /// The credential as text.
    var credential: Credential {
        Credential(
            accessKey: text(accessKey), date: text(date), region: text(region), service: text(service),
            placement: placement, sessionToken: text(token))
    }

    var regionText: String? { text(region) }

    private func text(_ part: ArraySlice<UInt8>?) -> String? {
        part.map { isEncoded ? PercentCoding.lenientText($0, plusIsSpace: false) : String(decoding: $0, as: UTF8.self) }
    }

    private mutating func readHeader(_ authorization: ArraySlice<UInt8>, _ head: RequestHead) {
        if authorization.starts(with: "AWS ".utf8) {
            // `AWS AKID:signature` (Amazon S3 REST authentication, version 2).
            let rest = authorization.dropFirst(4)
            accessKey = rest[..<(rest.firstIndex(of: UInt8(ascii: ":")) ?? rest.endIndex)]
            isVersion2 = true
            placement = .header
        } else if authorization.starts(with: "AWS4-".utf8) {
            placement = .header
            let isAsymmetric = authorization.starts(with: "AWS4-ECDSA-P256-SHA256".utf8)
            guard let scope = Self.after("Credential=", in: authorization) else { return }
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
            let isAsymmetric = algorithm?.starts(with: "AWS4-ECDSA".utf8) ?? false
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
        var parts: [ArraySlice<UInt8>] = []
        parts.reserveCapacity(5)
        var rest = scope
        while parts.count < 8, let at = Self.first(slash, in: rest) {
            parts.append(rest[..<at])
            rest = rest[(at + slash.utf8CodeUnitCount)...]
        }
        parts.append(rest)
        // An access key may itself hold slashes, so the parts are counted from the end.
        let wanted = isAsymmetric ? 4 : 5
        guard parts.count >= wanted else {
            accessKey = parts[0]
            return
        }
        accessKey = scope[..<parts[parts.count - wanted].endIndex]
        date = parts[parts.count - wanted + 1]
        if !isAsymmetric { region = parts[parts.count - 3] }
        service = parts[parts.count - 2]
    }

    /// SigV4A signs for a set of regions (`us-east-1,us-west-2`, `*`): the first one, if it is a region.
    private static func firstRegion(_ set: ArraySlice<UInt8>?) -> ArraySlice<UInt8>? {
        guard let set else { return nil }
        let first = set[..<(set.firstIndex { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "%") } ?? set.endIndex)]
        return first.isEmpty || first.contains(UInt8(ascii: "*")) ? nil : first
    }

    private static func after(_ name: StaticString, in text: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        first(name, in: text).map { text[($0 + name.utf8CodeUnitCount)...] }
    }

    private static func first(_ wanted: StaticString, in text: ArraySlice<UInt8>) -> Int? {
        wanted.withUTF8Buffer { wanted in
            guard let start = wanted.first else { return nil }
            var at = text.startIndex
            while at + wanted.count <= text.endIndex {
                guard let next = text[at...].firstIndex(of: start), next + wanted.count <= text.endIndex else {
                    return nil
                }
                if text[next..<next + wanted.count].elementsEqual(wanted) { return next }
                at = next + 1
            }
            return nil
        }
    }
}
