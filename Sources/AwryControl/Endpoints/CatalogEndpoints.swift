// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

extension ControlInterface {
    /// `catalog`: what the service models say, so that tools need no botocore.
    static var catalogEndpoints: [Endpoint] {
        [
            Endpoint("GET", "catalog") { _, _ in
                .json(["services": .list(Catalogue.shared.serviceNames.map { .string($0) })])
            },
            Endpoint("GET", "catalog/*") { (request, _) throws(ControlError) in
                let service = try service(request.segments[1])
                let names = service.operations.map { Value.string($0.name) }
                return .json([
                    "service": .string(service.name), "serviceId": .string(service.metadata.serviceID),
                    "apiVersion": .string(service.metadata.apiVersion), "protocols": protocols(of: service),
                    "operations": .list(names),
                ])
            },
            Endpoint("GET", "catalog/*/*") { (request, _) throws(ControlError) in
                let service = try service(request.segments[1])
                let name = request.segments[2]
                guard let operation = service.operation(name) else {
                    let question = Nearest.question(for: name, among: service.operations.map(\.name))
                    throw ControlError(404, "\(service.name).\(name): no such operation\(question)")
                }
                return .json(described(operation, of: service))
            },
        ]
    }

    private static func service(_ name: String) throws(ControlError) -> Service {
        if let service = Catalogue.shared.service(name) { return service }
        let question = Nearest.question(for: name, among: Catalogue.shared.serviceNames)
        throw ControlError(404, "\(name): no such service\(question)")
    }

    private static func protocols(of service: Service) -> Value {
        .list(service.metadata.protocols.map { .string($0.name) })
    }

    private static func described(_ operation: Operation, of service: Service) -> Value {
        var shapes = ShapeList(service)
        func name(_ id: ShapeID?) -> Value { id.map { .string(shapes.add($0)) } ?? .null }
        let (input, output) = (name(operation.input), name(operation.output))
        let errors = ErrorDirectory.all(operation: operation, service: service)
        return [
            "service": .string(service.name), "operation": .string(operation.name), "protocols": protocols(of: service),
            "method": .string(operation.traits.method), "uri": .string(operation.traits.uri), "input": input,
            "output": output, "isBatch": .bool(service.batch(of: operation) != nil), "shapes": shapes.value,
            "errors": .list(errors.map(\.value)),
        ]
    }
}
