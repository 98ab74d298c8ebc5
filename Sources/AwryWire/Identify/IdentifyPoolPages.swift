// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import AwryModel

/// What verifiers of a user pool's tokens fetch, unsigned, from below the pool's id.
enum PoolPaths {
    private static let router = Router(PoolPages.service)
    private static let ends: [StaticString] = ["/.well-known/jwks.json", "/.well-known/openid-configuration"]

    /// The page that a request asks for. No bucket's name has the underscore of a pool's id.
    static func identify(_ request: IncomingRequest) -> Identification? {
        let path = request.path
        guard ends.contains(where: { path.ends(with: $0) }), path.contains(UInt8(ascii: "_")),
            let match = router.match(request.head, path, request.query)
        else { return nil }
        let labels = zip(match.route.labels, match.labels).map { name, range in
            (name: name, value: PercentCoding.lenientText(path[range], plusIsSpace: false))
        }
        return request.call(
            .init(service: PoolPages.service, operation: match.route.operation, dialect: .metadata, labels: labels))
    }
}

extension ArraySlice<UInt8> {
    fileprivate func ends(with text: StaticString) -> Bool {
        let bytes = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        return count >= bytes.count && suffix(bytes.count).elementsEqual(bytes)
    }
}
