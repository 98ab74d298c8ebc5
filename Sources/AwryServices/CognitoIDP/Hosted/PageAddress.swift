// SPDX-License-Identifier: Apache-2.0

/// Where a pool's pages are, and under which address its tokens are issued, by the way a client reached them.
struct PageAddress {
    /// The beginning of the pages' URLs, without a slash at the end.
    let base: String
    /// What stands before the pool's id in an issuer's name.
    let issuer: String

    /// For a call of a page: the host names the domain, or the path does.
    init(of domain: String, in pool: UserPool, _ call: FakeCall) {
        let aws = "https://cognito-idp.\(pool.place.region).amazonaws.com"
        let (scheme, host, rest) = Self.parts(call.endpoint)
        let own = "\(domain).auth.\(pool.place.region)."
        if host == domain {
            base = call.endpoint
            issuer = aws
        } else if host.hasPrefix(own) {
            let tail = String(host.dropFirst(own.utf8.count))
            base = call.endpoint
            issuer = tail == "amazoncognito.com" ? aws : "\(scheme)\(tail)\(rest)"
        } else {
            base = "\(call.endpoint)/_cognito/\(domain)"
            issuer = call.endpoint
        }
    }

    /// For a client that asked for the pool's configuration; nil where the pool has no domain.
    static func base(of pool: UserPool, _ call: FakeCall) -> String? {
        guard let domain = pool.domain?.name else { return nil }
        guard parts(call.endpoint).host.hasSuffix("amazonaws.com") else {
            return "\(call.endpoint)/_cognito/\(domain)"
        }
        return "https://" + (domain.contains(".") ? domain : "\(domain).auth.\(pool.place.region).amazoncognito.com")
    }

    /// For which paths the pages' cookie is.
    var cookiePath: String {
        let path = Self.parts(base).rest.drop { $0 != "/" }
        return path.isEmpty ? "/" : String(path)
    }

    /// Scheme, host in lower case without its port, and all that follows.
    private static func parts(_ url: String) -> (scheme: String, host: String, rest: String) {
        let scheme = url.hasPrefix("https://") ? "https://" : "http://"
        let after = url.dropFirst(scheme.utf8.count)
        let host = after.prefix { $0 != ":" && $0 != "/" }
        return (scheme, host.lowercased(), String(after.dropFirst(host.count)))
    }
}
