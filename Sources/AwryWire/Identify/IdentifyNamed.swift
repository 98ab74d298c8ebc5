// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import AwryModel

/// Requests that name their operation outright.
extension Identifier {
    /// `X-Amz-Target: Kinesis_20131202.PutRecord`.
    func identify(target: ArraySlice<UInt8>, _ request: IncomingRequest) -> Identification {
        guard let found = catalogue.target(target) else { return unknown(target: target, request) }
        let (service, operation) = found
        // Two services have one prefix: Timestream's. The host decides, if it names one.
        guard service.metadata.targetPrefix == "Timestream_20181101" else {
            return request.call(service, operation, jsonDialect(request, service))
        }
        let prefix = target[..<(target.lastIndex(of: UInt8(ascii: ".")) ?? target.endIndex)]
        let all = catalogue.services(targetPrefix: prefix).compactMap { name -> (Int, IdentifiedCall.Choice)? in
            guard let index = catalogue.serviceIndex(name), let service = catalogue.service(at: index),
                let same = service.operation(operation.name)
            else { return nil }
            return (index, .init(service: service, operation: same, dialect: jsonDialect(request, service)))
        }
        let hosted = all.filter { request.host.services.contains($0.0) }
        return Ambiguity(request: request).settle((hosted.isEmpty ? all : hosted).map(\.1))
            ?? unknown(target: target, request)
    }

    /// The body's notation is the answer's: JSON, or CBOR as Java's clients of Kinesis write it.
    private func jsonDialect(_ request: IncomingRequest, _ service: Service?) -> Dialect {
        if request.hasContentType("application/x-amz-cbor-1.1") { return .jsonCBOR(version: "1.1") }
        if request.hasContentType("application/x-amz-cbor-1.0") { return .jsonCBOR(version: "1.0") }
        if let service { return .json(version: service.metadata.jsonVersion ?? "1.1") }
        return .json(version: request.hasContentType("application/x-amz-json-1.0") ? "1.0" : "1.1")
    }

    private func unknown(target: ArraySlice<UInt8>, _ request: IncomingRequest) -> Identification {
        let text = String(decoding: target, as: UTF8.self)
        guard let dot = target.lastIndex(of: UInt8(ascii: ".")),
            let name = catalogue.services(targetPrefix: target[..<dot]).first, let service = catalogue.service(name)
        else {
            let service = candidates(of: request).indexes.first.flatMap { catalogue.service(at: $0) }
            return request.failure(
                UnknownOperation.json, jsonDialect(request, nil), service,
                note: "no service has the target `\(text)`")
        }
        let operation = String(decoding: target[(dot + 1)...], as: UTF8.self)
        let near = Nearest.question(for: operation, among: service.operations.map(\.name))
        return request.failure(
            UnknownOperation.json, jsonDialect(request, service), service,
            note: "\(name) has no operation `\(operation)`\(near)"
        )
    }

    /// `POST /service/GraniteServiceVersion20100801/operation/PutMetricData` (Smithy's RPC v2 CBOR, "Requests").
    func identifyCBOR(_ request: IncomingRequest) -> Identification? {
        guard request.path.starts(with: "/service/".utf8), let header = request.head.value("smithy-protocol"),
            header.elementsEqual("rpc-v2-cbor".utf8)
        else { return nil }
        let parts = request.path.split(separator: UInt8(ascii: "/"))
        guard parts.count == 4, parts[2].elementsEqual("operation".utf8) else {
            return request.failure(UnknownOperation.rest, .cbor, nil, note: "no path of rpc-v2-cbor")
        }
        for name in catalogue.services(targetPrefix: parts[1]) {
            guard let service = catalogue.service(name), let operation = service.operation(bytes: parts[3]) else {
                continue
            }
            return request.call(service, operation, .cbor)
        }
        let service = catalogue.services(targetPrefix: parts[1]).first.flatMap(catalogue.service)
        let text = String(decoding: request.path, as: UTF8.self)
        return request.failure(UnknownOperation.rest, .cbor, service, note: "no operation has the path `\(text)`")
    }

    /// `Action=…&Version=…` in the query or in a form.
    func identifyAction(_ request: IncomingRequest, _ candidates: Candidates) -> Identification? {
        let speakers = candidates.isCertain ? candidates.indexes.filter(speaksQuery) : []
        if candidates.isCertain && speakers.isEmpty { return nil }
        var items = request.query
        if items.value("Action") == nil, request.isForm {
            guard let body = request.body else { return .needsBody }
            items = QueryItems(body)
        }
        guard let action = items.text("Action") else {
            guard let first = speakers.first.flatMap({ catalogue.service(at: $0) }),
                candidates.indexes.allSatisfy(speaksQuery)
            else { return nil }
            return withoutAction(request, first)
        }
        if !speakers.isEmpty { return identify(action, items, request, speakers, isCertain: candidates.isCertain) }
        for names in [QueryServices.likely, QueryServices.others] {
            let services = names.compactMap(catalogue.serviceIndex)
            if let found = identify(action, items, request, services, isCertain: false) { return found }
        }
        return nil
    }

    private func identify(
        _ action: String, _ items: QueryItems, _ request: IncomingRequest, _ services: [Int], isCertain: Bool
    ) -> Identification? {
        let version = items.text("Version")
        let having = services.compactMap { index -> IdentifiedCall.Choice? in
            guard let service = catalogue.service(at: index), let operation = service.operation(action) else {
                return nil
            }
            return .init(service: service, operation: operation, dialect: queryDialect(service))
        }
        let exact = having.filter { $0.service.metadata.apiVersion == version }
        if let found = Ambiguity(request: request, form: items).settle(exact.isEmpty ? having : exact) { return found }
        guard isCertain, let service = services.first.flatMap({ catalogue.service(at: $0) }) else { return nil }
        let near = Nearest.question(for: action, among: service.operations.map(\.name))
        return request.failure(
            UnknownOperation.query(action, version: version, of: service), queryDialect(service), service,
            note: "\(service.name) has no operation `\(action)`\(near)")
    }

    private func withoutAction(_ request: IncomingRequest, _ service: Service) -> Identification {
        let (error, dialect) = UnknownOperation.plain(of: service)
        let isQueue = service.name == "sqs"
        return request.failure(
            isQueue ? UnknownOperation.rest : error, isQueue ? .query : dialect, service,
            note: "neither X-Amz-Target nor Action")
    }

    private func speaksQuery(_ index: Int) -> Bool {
        guard let service = catalogue.service(at: index) else { return false }
        return service.metadata.isQueryCompatible || service.metadata.protocols.contains(.query)
            || service.metadata.protocols.contains(.ec2)
    }

    private func queryDialect(_ service: Service) -> Dialect {
        service.metadata.protocols.contains(.ec2) ? .ec2 : .query
    }
}

/// Services whose query requests are looked at where neither signature nor host names a service.
enum QueryServices {
    /// STS has the unsigned calls (AssumeRoleWithWebIdentity, AssumeRoleWithSAML); the others serve unsigned curl
    /// requests, where only the action's name and the version tell what is meant.
    static let likely = ["sts", "sqs", "iam", "sns", "ec2", "cloudformation", "cloudwatch", "ses", "rds"]

    /// All others. SimpleDB's and Import/Export's clients sign by version 2, which names no service.
    static let others = [
        "autoscaling", "cloudsearch", "docdb", "elasticache", "elasticbeanstalk", "elb", "elbv2", "importexport",
        "neptune", "redshift", "sdb",
    ]
}
