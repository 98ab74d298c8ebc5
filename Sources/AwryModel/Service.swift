// SPDX-License-Identifier: Apache-2.0

/// How a service's requests and answers are written. The names are botocore's.
public enum ProtocolName: UInt8, Sendable, Hashable, CaseIterable {
    case restXML = 0
    case restJSON = 1
    case json = 2
    case query = 3
    case ec2 = 4
    case cbor = 5

    /// botocore's word: `rest-xml`, `smithy-rpc-v2-cbor`, …
    public var name: String {
        switch self {
        case .restXML: "rest-xml"
        case .restJSON: "rest-json"
        case .json: "json"
        case .query: "query"
        case .ec2: "ec2"
        case .cbor: "smithy-rpc-v2-cbor"
        }
    }
}

/// One AWS service as the catalogue describes it. Immutable; decoded once, on first use.
public final class Service: Sendable {
    /// What every part of the program calls the service and what scenario files write: botocore's name (`cognito-idp`).
    public let name: String
    /// The rest of what the catalogue knows of the service as a whole.
    public let metadata: ServiceMetadata
    /// The operations, in byte order of their names.
    public let operations: [Operation]
    /// The shapes; a `ShapeID` is an index into them.
    public let shapes: [Shape]
    /// The shapes that are errors, in byte order of their names.
    public let errors: [ShapeID]

    private let operationIndex: NameIndex
    private let shapeIndex: NameIndex

    /// A service of these parts. `operations` must be in byte order of their names.
    public init(name: String, metadata: ServiceMetadata, operations: [Operation], shapes: [Shape]) {
        self.name = name
        self.metadata = metadata
        self.operations = operations
        self.shapes = shapes
        self.errors = shapes.indices.filter { shapes[$0].error != nil }
            .sorted { shapes[$0].name.utf8.lexicographicallyPrecedes(shapes[$1].name.utf8) }.map { ShapeID($0) }
        self.operationIndex = NameIndex(operations.lazy.map(\.name))
        self.shapeIndex = NameIndex(shapes.lazy.map(\.name))
    }

    /// The shape of an id of this service.
    public subscript(id: ShapeID) -> Shape { shapes[id.index] }

    /// The operation of exactly this name.
    public func operation(_ name: String) -> Operation? {
        operationIndex.position(of: name) { operations[$0].name }.map { operations[$0] }
    }

    /// The operation whose name these bytes are, as they came in a request: makes no text of them.
    public func operation(bytes name: ArraySlice<UInt8>) -> Operation? {
        name.withUnsafeBufferPointer { name in
            operationIndex.position(of: name) { operations[$0].name }.map { operations[$0] }
        }
    }

    /// The shape of exactly this name.
    public func shape(named name: String) -> ShapeID? {
        shapeIndex.position(of: name) { shapes[$0].name }.map { ShapeID($0) }
    }

    /// The error whose shape's name or wire code this is, if the service models one.
    public func error(_ nameOrCode: String) -> Shape? {
        if let id = shape(named: nameOrCode), self[id].error != nil { return self[id] }
        return errors.lazy.map { self[$0] }.first { $0.error?.code == nameOrCode }
    }
}

/// What is said of a service as a whole.
public struct ServiceMetadata: Sendable, Hashable {
    /// `serviceId`: `Cognito Identity Provider`.
    public var serviceID: String
    /// `apiVersion`: `2016-04-18`.
    public var apiVersion: String
    /// The protocols that it speaks, botocore's choice first.
    public var protocols: [ProtocolName]
    /// The service part of the credential scope (`signingName`, else the endpoint prefix).
    public var signingName: String
    /// The first label of its host names: `cognito-idp`, `streams.dynamodb`.
    public var endpointPrefix: String
    /// What stands before the dot in `X-Amz-Target`.
    public var targetPrefix: String?
    /// `1.0` or `1.1` where it speaks JSON.
    public var jsonVersion: String?
    /// The name space of its XML.
    public var xmlNamespace: String?
    /// Whether its JSON errors carry the code of the query protocol that it once spoke (`x-amzn-query-error`).
    public var isQueryCompatible: Bool
    /// The one host name that serves all regions (`sts.amazonaws.com`), where the model gives one.
    public var globalEndpoint: String?

    /// Metadata of these parts.
    public init(
        serviceID: String, apiVersion: String, protocols: [ProtocolName], signingName: String, endpointPrefix: String,
        targetPrefix: String? = nil, jsonVersion: String? = nil, xmlNamespace: String? = nil,
        isQueryCompatible: Bool = false, globalEndpoint: String? = nil
    ) {
        self.serviceID = serviceID
        self.apiVersion = apiVersion
        self.protocols = protocols
        self.signingName = signingName
        self.endpointPrefix = endpointPrefix
        self.targetPrefix = targetPrefix
        self.jsonVersion = jsonVersion
        self.xmlNamespace = xmlNamespace
        self.isQueryCompatible = isQueryCompatible
        self.globalEndpoint = globalEndpoint
    }
}
