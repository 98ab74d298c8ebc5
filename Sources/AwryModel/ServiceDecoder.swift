// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Decodes one service from its blob in a catalogue.
struct ServiceDecoder {
    private typealias Format = CatalogueFormat

    private var reader: CatalogueReader
    private let name: String
    /// The service's own texts, each made once: members share names, and errors share messages' names.
    private let texts: [String]
    private var shapeCount = 0
    /// Shapes that are secret though the catalogue does not say so; nil for most services.
    private let secretShapes: Set<String>?

    init(
        _ layout: CatalogueLayout, _ entry: CatalogueLayout.Entry, _ bytes: UnsafeRawBufferPointer
    ) throws(CatalogueMistake) {
        name = try layout.string(entry.name, bytes)
        reader = CatalogueReader(bytes, from: entry.blob.lowerBound, to: entry.blob.upperBound)
        let count = try reader.count()
        var texts: [String] = []
        texts.reserveCapacity(count)
        for _ in 0..<count {
            let id = try reader.index(below: layout.stringCount, "text")
            texts.append(try layout.string(id, bytes))
        }
        self.texts = texts
        secretShapes = SecretShapes.names[name]
    }

    /// The whole service.
    mutating func service() throws(CatalogueMistake) -> Service {
        let metadata = try metadata()
        shapeCount = try reader.count()
        var shapes: [Shape] = []
        shapes.reserveCapacity(shapeCount)
        for _ in 0..<shapeCount { shapes.append(try shape()) }
        let operationCount = try reader.count()
        var operations: [Operation] = []
        operations.reserveCapacity(operationCount)
        for _ in 0..<operationCount { operations.append(try operation()) }
        guard reader.left == 0 else { throw CatalogueMistake("\(name): \(reader.left) bytes too many") }
        return Service(name: name, metadata: metadata, operations: operations, shapes: shapes)
    }

    @inline(__always)
    private mutating func text() throws(CatalogueMistake) -> String {
        texts[try reader.index(below: texts.count, "text")]
    }

    @inline(__always)
    private mutating func text(if present: Bool) throws(CatalogueMistake) -> String? {
        present ? try text() : nil
    }

    private mutating func texts(if present: Bool) throws(CatalogueMistake) -> [String] {
        guard present else { return [] }
        let count = try reader.count()
        var values: [String] = []
        values.reserveCapacity(count)
        for _ in 0..<count { values.append(try text()) }
        return values
    }

    /// The parts that follow; bits that this version does not know are a mistake, since their bytes could not be
    /// skipped.
    @inline(__always)
    private mutating func parts<Parts: OptionSet>(_ all: Parts) throws(CatalogueMistake) -> Parts
    where Parts.RawValue == UInt32 {
        let bits = try reader.varint()
        guard bits <= UInt64(all.rawValue) else { throw CatalogueMistake("\(name): unknown parts \(bits)") }
        return Parts(rawValue: UInt32(bits))
    }

    private mutating func flags() throws(CatalogueMistake) -> UInt16 {
        let bits = try reader.varint()
        guard let flags = UInt16(exactly: bits) else { throw CatalogueMistake("\(name): unknown flags \(bits)") }
        return flags
    }

    private mutating func metadata() throws(CatalogueMistake) -> ServiceMetadata {
        let id = try text()
        let version = try text()
        let signing = try text()
        let endpoint = try text()
        let count = try reader.count()
        var protocols: [ProtocolName] = []
        for _ in 0..<count {
            guard let name = ProtocolName(rawValue: try reader.byte()) else {
                throw CatalogueMistake("\(self.name): unknown protocol")
            }
            protocols.append(name)
        }
        guard !protocols.isEmpty else { throw CatalogueMistake("\(name): no protocol") }
        let parts = try parts(Format.ServiceParts.all)
        return ServiceMetadata(
            serviceID: id, apiVersion: version, protocols: protocols, signingName: signing, endpointPrefix: endpoint,
            targetPrefix: try text(if: parts.contains(.targetPrefix)),
            jsonVersion: try text(if: parts.contains(.jsonVersion)),
            xmlNamespace: try text(if: parts.contains(.xmlNamespace)),
            isQueryCompatible: parts.contains(.queryCompatible),
            globalEndpoint: try text(if: parts.contains(.globalEndpoint)))
    }

    private mutating func shape() throws(CatalogueMistake) -> Shape {
        let name = try text()
        guard let kind = Format.Kind(rawValue: try reader.byte()) else {
            throw CatalogueMistake("\(self.name): unknown kind of shape")
        }
        let parts = try parts(Format.ShapeParts.all)
        // In the order of the format: each of these reads on.
        var flags = ShapeTraits.Flags(rawValue: parts.contains(.flags) ? try self.flags() : 0)
        if let secretShapes, secretShapes.contains(name) { flags.insert(.secret) }
        var limits = Limits()
        if !parts.isDisjoint(with: [.minimum, .maximum, .pattern, .values]) { limits = try self.limits(parts) }
        let error = parts.contains(.error) ? try self.error() : nil
        let payload = try text(if: parts.contains(.payload))
        let format = parts.contains(.timestampFormat) ? try timestampFormat() : nil
        let traits = ShapeTraits(
            payload: payload, timestampFormat: format, locationName: try text(if: parts.contains(.locationName)),
            xmlNamespace: try text(if: parts.contains(.xmlNamespace)),
            xmlPrefix: try text(if: parts.contains(.xmlPrefix)), flags: flags)
        return Shape(name: name, kind: try self.kind(kind), limits: limits, error: error, traits: traits)
    }

    private mutating func limits(_ parts: Format.ShapeParts) throws(CatalogueMistake) -> Limits {
        var limits = Limits()
        if parts.contains(.minimum) { limits.minimum = try number(parts.contains(.fractionalMinimum)) }
        if parts.contains(.maximum) { limits.maximum = try number(parts.contains(.fractionalMaximum)) }
        limits.pattern = try text(if: parts.contains(.pattern))
        limits.values = try texts(if: parts.contains(.values))
        return limits
    }

    private mutating func number(_ isFractional: Bool) throws(CatalogueMistake) -> Double {
        isFractional ? Double(bitPattern: try reader.long()) : Double(try reader.zigzag())
    }

    private mutating func timestampFormat() throws(CatalogueMistake) -> TimestampFormat {
        guard let format = TimestampFormat(rawValue: try reader.byte()) else {
            throw CatalogueMistake("\(name): unknown format of timestamps")
        }
        return format
    }

    private mutating func error() throws(CatalogueMistake) -> ErrorTraits {
        let bits = try reader.byte()
        guard let retry = ErrorTraits.Retry(rawValue: bits >> 2) else {
            throw CatalogueMistake("\(name): unknown retry")
        }
        let status = try reader.varint()
        guard status < 600 else { throw CatalogueMistake("\(name): a status of \(status)") }
        return ErrorTraits(
            code: try text(if: bits & 1 != 0), modelledStatus: status == 0 ? nil : Int(status),
            fault: bits & 2 != 0 ? .server : .client, retry: retry)
    }

    private mutating func kind(_ kind: Format.Kind) throws(CatalogueMistake) -> Shape.Kind {
        switch kind {
        case .string: return .string
        case .boolean: return .boolean
        case .integer: return .integer
        case .long: return .long
        case .float: return .float
        case .double: return .double
        case .blob: return .blob
        case .timestamp: return .timestamp
        case .structure:
            let count = try reader.count()
            var members: [Member] = []
            members.reserveCapacity(count)
            for _ in 0..<count { members.append(try member(try text())) }
            return .structure(members)
        case .list: return .list(element: try member("member"))
        case .map:
            let key = try member("key")
            return .map(key: key, value: try member("value"))
        }
    }

    private mutating func member(_ name: String) throws(CatalogueMistake) -> Member {
        let shape = ShapeID(try reader.index(below: shapeCount, "shape"))
        let parts = try parts(Format.MemberParts.all)
        if parts.subtracting(.required).isEmpty {
            return Member(name: name, shape: shape, flags: parts.isEmpty ? [] : .required)
        }
        var location = Member.Location.body
        if parts.contains(.location) {
            guard let known = Member.Location(rawValue: try reader.byte()) else {
                throw CatalogueMistake("\(self.name): unknown location")
            }
            location = known
        }
        let locationName = try text(if: parts.contains(.locationName))
        var flags = Member.Flags(rawValue: parts.contains(.flags) ? try self.flags() : 0)
        if parts.contains(.required) { flags.insert(.required) }
        let queryName = try text(if: parts.contains(.queryName))
        let namespace = try text(if: parts.contains(.xmlNamespace))
        let prefix = try text(if: parts.contains(.xmlPrefix))
        return Member(
            name: name, shape: shape, location: location, locationName: locationName, queryName: queryName,
            xmlNamespace: namespace, flags: flags, xmlPrefix: prefix, values: try texts(if: parts.contains(.values)))
    }
}

extension ServiceDecoder {
    private mutating func operation() throws(CatalogueMistake) -> Operation {
        let name = try text()
        let method = try text()
        let uri = try text()
        let status = try reader.varint()
        guard status < 600 else { throw CatalogueMistake("\(self.name): a status of \(status)") }
        let input = try reader.index(below: shapeCount + 1, "shape")
        let output = try reader.index(below: shapeCount + 1, "shape")
        let count = try reader.count()
        var errors: [ShapeID] = []
        errors.reserveCapacity(count)
        for _ in 0..<count { errors.append(ShapeID(try reader.index(below: shapeCount, "shape"))) }
        let parts = try parts(CatalogueFormat.OperationParts.all)
        var traits = OperationTraits(
            method: method, uri: uri, responseCode: Int(status), isUnsigned: parts.contains(.unsigned),
            requiresChecksum: parts.contains(.requiresChecksum), isReadOnly: parts.contains(.readOnly),
            isIdempotent: parts.contains(.idempotent))
        traits.hostPrefix = try text(if: parts.contains(.hostPrefix))
        traits.resultWrapper = try text(if: parts.contains(.resultWrapper))
        traits.inputElement = try text(if: parts.contains(.inputElement))
        traits.inputNamespace = try text(if: parts.contains(.inputNamespace))
        traits.checksumAlgorithmMember = try text(if: parts.contains(.checksumAlgorithmMember))
        traits.checksumModeMember = try text(if: parts.contains(.checksumModeMember))
        return Operation(
            name: name, traits: traits, input: input == 0 ? nil : ShapeID(input - 1),
            output: output == 0 ? nil : ShapeID(output - 1), errors: errors)
    }
}
