// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Writes the model of a service by hand, where botocore has none.
struct ModelWriter {
    private var shapes: [Shape] = []
    private var operations: [Operation] = []

    mutating func shape(
        _ name: String, _ kind: Shape.Kind, _ limits: Limits = Limits(), error: ErrorTraits? = nil,
        traits: ShapeTraits = ShapeTraits()
    ) -> ShapeID {
        shapes.append(Shape(name: name, kind: kind, limits: limits, error: error, traits: traits))
        return ShapeID(shapes.count - 1)
    }

    mutating func structure(_ name: String, _ members: [Member], payload: String? = nil) -> ShapeID {
        shape(name, .structure(members), traits: ShapeTraits(payload: payload))
    }

    /// Errors that have a message and a status.
    mutating func errors(_ statuses: [(name: String, status: Int)]) -> [ShapeID] {
        let message = Member(name: "message", shape: shape("Message", .string))
        return statuses.map { name, status in
            shape(
                name, .structure([message]),
                error: ErrorTraits(modelledStatus: status, fault: status < 500 ? .client : .server))
        }
    }

    mutating func operation(
        _ name: String, _ method: String, _ uri: String, input: ShapeID, output: ShapeID, errors: [ShapeID]
    ) {
        let traits = OperationTraits(method: method, uri: uri, isUnsigned: true)
        operations.append(Operation(name: name, traits: traits, input: input, output: output, errors: errors))
    }

    func service(_ name: String, id: String, version: String) -> Service {
        let metadata = ServiceMetadata(
            serviceID: id, apiVersion: version, protocols: [.restJSON], signingName: name, endpointPrefix: name)
        let sorted = operations.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        return Service(name: name, metadata: metadata, operations: sorted, shapes: shapes)
    }
}
