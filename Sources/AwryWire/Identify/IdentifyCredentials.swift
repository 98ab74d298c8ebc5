// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import AwryModel

/// Requests for credentials, which have paths of their own: what `AWS_EC2_METADATA_SERVICE_ENDPOINT` and
/// `AWS_CONTAINER_CREDENTIALS_FULL_URI` point to.
public enum CredentialPaths {
    private static let root: StaticString = "/_awry/"
    static let services: [(prefix: StaticString, service: Service, router: Router)] = [
        ("/_awry/imds/", CredentialServices.instanceMetadata, Router(CredentialServices.instanceMetadata)),
        ("/_awry/container/", CredentialServices.container, Router(CredentialServices.container)),
    ]

    /// Whether a path is one of theirs.
    public static func claim(_ path: ArraySlice<UInt8>) -> Bool {
        // All other paths are known by their first bytes, and make no model.
        path.begins(with: root) && services.contains { path.begins(with: $0.prefix) }
    }

    static func identify(_ request: IncomingRequest) -> Identification? {
        guard request.path.begins(with: root),
            let (prefix, service, router) = services.first(where: { request.path.begins(with: $0.prefix) })
        else { return nil }
        let path = request.path.dropFirst(prefix.utf8CodeUnitCount - 1)
        guard let match = router.match(request.head, path, request.query) else {
            let place = "\(request.head.method) \(String(decoding: path, as: UTF8.self))"
            return request.failure(
                WireError("NotFound", status: 404, message: "Not Found"), .metadata, service,
                note: "\(service.name) knows no \(place)")
        }
        let labels = zip(match.route.labels, match.labels).map { name, range in
            (name: name, value: PercentCoding.lenientText(path[range], plusIsSpace: false))
        }
        return request.call(
            .init(service: service, operation: match.route.operation, dialect: .metadata, labels: labels))
    }
}
