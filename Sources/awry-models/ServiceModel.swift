// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

/// What the catalogue keeps of one service's model, in the types that the reader gives back.
struct ServiceModel {
    let name: String
    let metadata: ServiceMetadata
    let shapes: [Shape]
    let operations: [Operation]

    var operationCount: Int { operations.count }

    init(name: String, model: Fields) throws {
        guard let metadata = model["metadata"]?.fields, let operations = model["operations"]?.fields,
            let shapes = model["shapes"]?.fields
        else { throw ModelMistake("no metadata, operations or shapes") }
        self.name = name
        self.metadata = try ServiceMetadata(model: metadata)
        let shapeNames = shapes.names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        let ids = Dictionary(uniqueKeysWithValues: shapeNames.enumerated().map { ($0.element, ShapeID($0.offset)) })
        let listed = ServiceModel.errorsOfOperations(operations)
        let reader = ShapeModelReader(ids: ids, errors: listed)
        self.shapes = try shapeNames.map { try reader.shape($0, shapes[$0]?.fields ?? [:]) }
        let operationNames = operations.names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        self.operations = try operationNames.map {
            try Operation(name: $0, model: operations[$0]?.fields ?? [:], ids: ids)
        }
    }

    /// Some models give an error's code and status where an operation lists the error, not on its shape: by shape.
    private static func errorsOfOperations(_ operations: Fields) -> [String: Fields] {
        var found: [String: Fields] = [:]
        for (_, operation) in operations {
            for entry in operation.fields?["errors"]?.list ?? [] {
                guard let entry = entry.fields, let shape = entry["shape"]?.string, let error = entry["error"]?.fields
                else { continue }
                found[shape] = found[shape] ?? error
            }
        }
        return found
    }
}

extension ServiceMetadata {
    init(model: Fields) throws {
        guard let version = model["apiVersion"]?.string, let prefix = model["endpointPrefix"]?.string,
            let id = model["serviceId"]?.string, let only = model["protocol"]?.string
        else { throw ModelMistake("metadata lack apiVersion, endpointPrefix, serviceId or protocol") }
        let spoken = model["protocols"]?.list?.compactMap(\.string) ?? [only]
        let protocols = try spoken.map { word in
            guard let known = ProtocolName.allCases.first(where: { $0.name == word }) else {
                throw ModelMistake("unknown protocol \(word)")
            }
            return known
        }
        // botocore.utils.PRIORITY_ORDERED_SUPPORTED_PROTOCOLS
        let choice: [ProtocolName] = [.json, .restJSON, .restXML, .cbor, .query, .ec2]
        self.init(
            serviceID: id, apiVersion: version, protocols: choice.filter(protocols.contains),
            signingName: model["signingName"]?.string ?? prefix, endpointPrefix: prefix,
            targetPrefix: model["targetPrefix"]?.string, jsonVersion: model["jsonVersion"]?.string,
            xmlNamespace: model["xmlNamespace"]?.string, isQueryCompatible: model["awsQueryCompatible"] != nil,
            globalEndpoint: model["globalEndpoint"]?.string)
    }
}

extension Operation {
    convenience init(name: String, model: Fields, ids: [String: ShapeID]) throws {
        func id(_ value: Value?) throws -> ShapeID? {
            guard let shape = value?.fields?["shape"]?.string else { return nil }
            guard let id = ids[shape] else { throw ModelMistake("\(name): no shape \(shape)") }
            return id
        }
        guard let http = model["http"]?.fields, let method = http["method"]?.string,
            let uri = http["requestUri"]?.string
        else { throw ModelMistake("\(name): no http.method or http.requestUri") }
        let input = model["input"]?.fields
        let checksum = model["httpChecksum"]?.fields
        let schemes = model.texts("auth")
        let traits = OperationTraits(
            method: method, uri: uri, responseCode: Int(http["responseCode"]?.integer ?? 200),
            hostPrefix: model["endpoint"]?.fields?["hostPrefix"]?.string,
            resultWrapper: model["output"]?.fields?["resultWrapper"]?.string,
            inputElement: input?["locationName"]?.string,
            inputNamespace: input?["xmlNamespace"]?.fields?["uri"]?.string,
            isUnsigned: model["authtype"]?.string == "none" || schemes.contains("smithy.api#noAuth"),
            requiresChecksum: model.isTrue("httpChecksumRequired")
                || checksum?.isTrue("requestChecksumRequired") == true,
            checksumAlgorithmMember: checksum?["requestAlgorithmMember"]?.string,
            isReadOnly: model.isTrue("readonly"), isIdempotent: model.isTrue("idempotent"),
            checksumModeMember: checksum?["requestValidationModeMember"]?.string)
        var errors: [ShapeID] = []
        for error in model["errors"]?.list ?? [] {
            guard let error = try id(error) else { throw ModelMistake("\(name): an error without a shape") }
            if !errors.contains(error) { errors.append(error) }
        }
        self.init(
            name: name, traits: traits, input: try id(model["input"]), output: try id(model["output"]), errors: errors)
    }
}

extension Fields {
    func isTrue(_ name: String) -> Bool { self[name]?.bool == true }
}
