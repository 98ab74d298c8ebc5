// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import AwryModel

/// What verifiers of a user pool's tokens fetch, unsigned, from below the pool's id; and the pages of its domain, by
/// host (`DOMAIN.auth.REGION.amazoncognito.com`, or a domain of its own) or below `/_cognito/DOMAIN`.
enum PoolPaths {
    private static let router = Router(PoolPages.service)
    private static let ends: [StaticString] = ["/.well-known/jwks.json", "/.well-known/openid-configuration"]
    private static let root: StaticString = "/_cognito/"
    private static let pages: [StaticString] = [
        "/oauth2/", "/login", "/logout", "/signup", "/confirmUser", "/forgotPassword", "/confirmForgotPassword",
        "/error",
    ]

    /// The page that a request asks for.
    static func identify(_ request: IncomingRequest) -> Identification? {
        guard let path = path(request), let match = router.match(request.head, path, request.query) else { return nil }
        let labels = zip(match.route.labels, match.labels).map { name, range in
            (name: name, value: PercentCoding.lenientText(path[range], plusIsSpace: false))
        }
        return request.call(
            .init(service: PoolPages.service, operation: match.route.operation, dialect: .metadata, labels: labels))
    }

    /// The path with the domain in it; nil where it is no page's.
    private static func path(_ request: IncomingRequest) -> ArraySlice<UInt8>? {
        let path = request.path
        if path.begins(with: root) { return path }
        // No bucket's name has the underscore of a pool's id.
        if path.contains(UInt8(ascii: "_")), ends.contains(where: { path.ends(with: $0) }) { return path }
        guard pages.contains(where: { path.begins(with: $0) }), let domain = domain(request) else { return nil }
        return ("/_cognito/\(domain)".utf8 + Array(path))[...]
    }

    /// The domain that a host names: that of a pool, or one that is nobody else's. A bucket's or a service's is none.
    private static func domain(_ request: IncomingRequest) -> String? {
        guard let host = request.head.host else { return nil }
        let name = HostName.withoutPort(host)
        // An address, or a name without a dot, is this machine's.
        guard name.contains(UInt8(ascii: ".")), let last = name.last, last | 0x20 >= UInt8(ascii: "a") else {
            return nil
        }
        let text = String(decoding: name, as: UTF8.self).lowercased()
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        if labels.count > 3, labels[1] == "auth", HostName.isRegion(labels[2]) { return String(labels[0]) }
        return request.host.services.isEmpty && !request.host.isS3 && request.host.prefix == nil ? text : nil
    }
}

extension ArraySlice<UInt8> {
    fileprivate func ends(with text: StaticString) -> Bool {
        let bytes = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        return count >= bytes.count && suffix(bytes.count).elementsEqual(bytes)
    }
}
