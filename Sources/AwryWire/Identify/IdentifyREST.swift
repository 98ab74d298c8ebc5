// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import AwryModel

/// Requests whose method, path and query imply the operation.
extension Identifier {
    func identifyREST(_ request: IncomingRequest, _ candidates: Candidates) -> Identification {
        if let scope = candidates.unknownScope, candidates.indexes.isEmpty {
            return request.failure(
                UnknownOperation.rest, guessedDialect(request), nil,
                note: "no service has the signing name `\(scope)`"
                    + Nearest.question(for: scope, among: catalogue.serviceNames))
        }
        guard let s3 else { return nothing(request) }
        // S3's templates fit any path, so those who share its signing names are known by how theirs begin.
        let isKins = ["/v20180820/", "/S3Outposts/"].contains { request.path.starts(with: $0.utf8) }
        if candidates.indexes.contains(s3), !isKins {
            return identifyS3(request, s3)
        }
        let others = candidates.indexes.filter { $0 != s3 }
        if let found = bestMatch(request, others) { return found }
        if request.isForm, candidates.isCertain, others.contains(where: speaksREST) {
            guard request.body != nil else { return .needsBody }
            if let get = request.asGet(catalogue), let found = bestMatch(get, others) { return found }
        }
        if candidates.indexes.contains(s3) { return identifyS3(request, s3) }
        if request.credential.isVersion2 && !candidates.isCertain { return identifyS3(request, s3) }
        if request.credential.placement == .none {
            if candidates.indexes.isEmpty, let found = identifyUnsigned(request) { return found }
            // `logs.localhost` may be a bucket: then no request for it fits the service.
            if candidates.indexes.isEmpty || request.host.prefix != nil { return identifyS3(request, s3) }
        }
        guard let service = candidates.indexes.first.flatMap({ catalogue.service(at: $0) }) else {
            return identifyS3(request, s3)
        }
        let (error, dialect) = UnknownOperation.plain(of: service)
        let method = request.head.method
        let path = String(decoding: request.path, as: UTF8.self)
        return request.failure(
            error, dialect, service, note: "\(service.name) has no operation for \(method) \(path)")
    }

    /// Of the services whose templates fit, the one whose template has the most fixed segments; of those, one that
    /// ends as the path does, with a slash or without.
    private func bestMatch(_ request: IncomingRequest, _ indexes: [Int]) -> Identification? {
        var best: [(service: Service, match: Router.Match)] = []
        var most = -1
        let endsInSlash = request.path.last == UInt8(ascii: "/")
        for index in indexes {
            guard let service = catalogue.service(at: index), let match = match(request, index, service) else {
                continue
            }
            let fit = match.route.fixedSegments * 2 + (match.route.endsInSlash == endsInSlash ? 1 : 0)
            if fit > most { best = [] }
            if fit >= most { best.append((service, match)) }
            most = max(most, fit)
        }
        if best.count == 1, let only = best.first { return call(request, only.service, only.match, note: nil) }
        return Ambiguity(request: request).settle(best.map { choice(request, $0.service, $0.match) })
    }

    private func speaksREST(_ index: Int) -> Bool {
        catalogue.service(at: index)?.metadata.protocols.contains { $0 == .restJSON || $0 == .restXML } ?? false
    }

    private func match(_ request: IncomingRequest, _ index: Int, _ service: Service) -> Router.Match? {
        guard speaksREST(index) else { return nil }
        return router(index, service).match(request.head, request.path, request.query)
    }

    private func call(
        _ request: IncomingRequest, _ service: Service, _ match: Router.Match, note: String?
    ) -> Identification {
        request.call(choice(request, service, match), note: note)
    }

    private func choice(
        _ request: IncomingRequest, _ service: Service, _ match: Router.Match
    ) -> IdentifiedCall.Choice {
        let labels = zip(match.route.labels, match.labels).map { name, range in
            (name: name, value: PercentCoding.lenientText(request.path[range], plusIsSpace: false))
        }
        let dialect: Dialect = service.metadata.protocols.contains(.restXML) ? .restXML : .restJSON
        return .init(service: service, operation: match.route.operation, dialect: dialect, labels: labels)
    }

    /// Unsigned calls of rest-json services, which only their paths tell from S3's.
    private func identifyUnsigned(_ request: IncomingRequest) -> Identification? {
        for name in ["sso", "sso-oidc", "signin"] {
            guard let index = catalogue.serviceIndex(name), let service = catalogue.service(at: index),
                let match = match(request, index, service), match.route.operation.traits.isUnsigned,
                match.route.requiredHeaders.allSatisfy(request.head.hasField),
                // SSO's Logout has no body, but a header that S3 does not know.
                request.isMethod("GET") || request.hasContentType("application/json")
                    || !match.route.requiredHeaders.isEmpty
            else { continue }
            return call(request, service, match, note: "unsigned; the path is \(name)'s")
        }
        return nil
    }

    private func nothing(_ request: IncomingRequest) -> Identification {
        request.failure(UnknownOperation.rest, guessedDialect(request), nil, note: "the catalogue has no services")
    }

    private func guessedDialect(_ request: IncomingRequest) -> Dialect {
        if request.hasContentType("application/x-amz-json-1.0") { return .json(version: "1.0") }
        if request.hasContentType("application/x-amz-json-1.1") { return .json(version: "1.1") }
        return .restJSON
    }
}
