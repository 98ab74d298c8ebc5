// SPDX-License-Identifier: Apache-2.0

import AwryModel

/// What verifiers of identity pools' tokens fetch, unsigned, from the root of their issuer's host.
enum IdentityPoolPaths {
    private static let router = Router(IdentityPoolPages.service)

    /// The page that a request asks for. No bucket's name begins with a dot; a host that names a bucket is S3's.
    static func identify(_ request: IncomingRequest) -> Identification? {
        guard request.path.starts(with: "/.well-known/".utf8), !request.host.isS3,
            request.host.prefix?.hasPrefix("cognito-identity") ?? true,
            let match = router.match(request.head, request.path, request.query)
        else { return nil }
        return request.call(
            .init(service: IdentityPoolPages.service, operation: match.route.operation, dialect: .metadata, labels: []))
    }
}
