// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

/// Writes one service's blob. It runs twice: the first time only counts the texts, whose numbers the second writes.
struct ServiceEncoder {
    private typealias Format = CatalogueFormat

    /// How often each text is used.
    private(set) var counts: [String: Int] = [:]
    private var out = ByteWriter()
    private var table: StringTable?

    /// The texts of a service in the order of their local numbers, and its blob, which names them by these.
    static func encode(_ service: ServiceModel) -> (texts: [String], body: [UInt8]) {
        var counter = ServiceEncoder()
        counter.service(service)
        let table = StringTable(counts: counter.counts)
        var writer = ServiceEncoder()
        writer.table = table
        writer.service(service)
        return (table.texts, writer.out.bytes)
    }

    private mutating func service(_ service: ServiceModel) {
        metadata(service.metadata)
        out.varint(service.shapes.count)
        for shape in service.shapes { self.shape(shape) }
        out.varint(service.operations.count)
        for operation in service.operations { self.operation(operation) }
    }

    private mutating func text(_ text: String) {
        counts[text, default: 0] += 1
        if let table { out.varint(table[text]) }
    }

    private mutating func texts(_ texts: [String]) {
        out.varint(texts.count)
        for text in texts { self.text(text) }
    }

    private mutating func metadata(_ metadata: ServiceMetadata) {
        text(metadata.serviceID)
        text(metadata.apiVersion)
        text(metadata.signingName)
        text(metadata.endpointPrefix)
        out.varint(metadata.protocols.count)
        for name in metadata.protocols { out.byte(name.rawValue) }
        let optional: [(Format.ServiceParts, String?)] = [
            (.targetPrefix, metadata.targetPrefix), (.jsonVersion, metadata.jsonVersion),
            (.xmlNamespace, metadata.xmlNamespace), (.globalEndpoint, metadata.globalEndpoint),
        ]
        var parts: Format.ServiceParts = metadata.isQueryCompatible ? .queryCompatible : []
        for (part, value) in optional where value != nil { parts.insert(part) }
        out.varint(UInt64(parts.rawValue))
        for (_, value) in optional { if let value { text(value) } }
    }

    private mutating func shape(_ shape: Shape) {
        text(shape.name)
        out.byte(ServiceEncoder.kind(shape.kind).rawValue)
        let parts = ServiceEncoder.parts(shape)
        out.varint(UInt64(parts.rawValue))
        if parts.contains(.flags) { out.varint(UInt64(shape.traits.flags.rawValue)) }
        if let minimum = shape.limits.minimum { number(minimum) }
        if let maximum = shape.limits.maximum { number(maximum) }
        if let pattern = shape.limits.pattern { text(pattern) }
        if parts.contains(.values) { texts(shape.limits.values) }
        if let error = shape.error { self.error(error) }
        if let payload = shape.traits.payload { text(payload) }
        if let format = shape.traits.timestampFormat { out.byte(format.rawValue) }
        if let name = shape.traits.locationName { text(name) }
        if let namespace = shape.traits.xmlNamespace { text(namespace) }
        if let prefix = shape.traits.xmlPrefix { text(prefix) }
        switch shape.kind {
        case .structure(let members):
            out.varint(members.count)
            for member in members {
                text(member.name)
                self.member(member)
            }
        case .list(let element): member(element)
        case .map(let key, let value):
            member(key)
            member(value)
        default: break
        }
    }

    private mutating func number(_ value: Double) {
        if let whole = ServiceEncoder.whole(value) { out.zigzag(whole) } else { out.long(value.bitPattern) }
    }

    private mutating func error(_ error: ErrorTraits) {
        out.byte((error.code != nil ? 1 : 0) | (error.fault == .server ? 2 : 0) | error.retry.rawValue << 2)
        out.varint(error.modelledStatus ?? 0)
        if let code = error.code { text(code) }
    }

    private mutating func member(_ member: Member) {
        out.varint(member.shape.index)
        let flags = member.flags.subtracting(.required)
        var parts: Format.MemberParts = member.isRequired ? .required : []
        if member.location != .body { parts.insert(.location) }
        if !flags.isEmpty { parts.insert(.flags) }
        let optional: [(Format.MemberParts, String?)] = [
            (.locationName, member.locationName), (.queryName, member.queryName),
            (.xmlNamespace, member.xmlNamespace), (.xmlPrefix, member.xmlPrefix),
        ]
        for (part, value) in optional where value != nil { parts.insert(part) }
        if !member.values.isEmpty { parts.insert(.values) }
        out.varint(UInt64(parts.rawValue))
        if parts.contains(.location) { out.byte(member.location.rawValue) }
        if let name = member.locationName { text(name) }
        if parts.contains(.flags) { out.varint(UInt64(flags.rawValue)) }
        for (_, value) in optional.dropFirst() { if let value { text(value) } }
        if parts.contains(.values) { texts(member.values) }
    }

    private mutating func operation(_ operation: Operation) {
        let traits = operation.traits
        text(operation.name)
        text(traits.method)
        text(traits.uri)
        out.varint(traits.responseCode)
        out.varint(operation.input.map { $0.index + 1 } ?? 0)
        out.varint(operation.output.map { $0.index + 1 } ?? 0)
        out.varint(operation.errors.count)
        for error in operation.errors { out.varint(error.index) }
        let optional: [(Format.OperationParts, String?)] = [
            (.hostPrefix, traits.hostPrefix), (.resultWrapper, traits.resultWrapper),
            (.inputElement, traits.inputElement), (.inputNamespace, traits.inputNamespace),
            (.checksumAlgorithmMember, traits.checksumAlgorithmMember),
            (.checksumModeMember, traits.checksumModeMember),
        ]
        var parts: Format.OperationParts = []
        for (part, value) in optional where value != nil { parts.insert(part) }
        if traits.isUnsigned { parts.insert(.unsigned) }
        if traits.requiresChecksum { parts.insert(.requiresChecksum) }
        if traits.isReadOnly { parts.insert(.readOnly) }
        if traits.isIdempotent { parts.insert(.idempotent) }
        out.varint(UInt64(parts.rawValue))
        for (_, value) in optional { if let value { text(value) } }
    }
}

extension ServiceEncoder {
    private static func parts(_ shape: Shape) -> CatalogueFormat.ShapeParts {
        let limits = shape.limits
        let traits = shape.traits
        var parts: CatalogueFormat.ShapeParts = []
        if !traits.flags.isEmpty { parts.insert(.flags) }
        if let minimum = limits.minimum {
            parts.formUnion(whole(minimum) == nil ? [.minimum, .fractionalMinimum] : .minimum)
        }
        if let maximum = limits.maximum {
            parts.formUnion(whole(maximum) == nil ? [.maximum, .fractionalMaximum] : .maximum)
        }
        if limits.pattern != nil { parts.insert(.pattern) }
        if !limits.values.isEmpty { parts.insert(.values) }
        if shape.error != nil { parts.insert(.error) }
        if traits.payload != nil { parts.insert(.payload) }
        if traits.timestampFormat != nil { parts.insert(.timestampFormat) }
        if traits.locationName != nil { parts.insert(.locationName) }
        if traits.xmlNamespace != nil { parts.insert(.xmlNamespace) }
        if traits.xmlPrefix != nil { parts.insert(.xmlPrefix) }
        return parts
    }

    /// The number as a short integer, if it is one; 2^63 and the like go as doubles.
    private static func whole(_ value: Double) -> Int64? {
        Int64(exactly: value)
    }

    private static func kind(_ kind: Shape.Kind) -> CatalogueFormat.Kind {
        switch kind {
        case .string: .string
        case .boolean: .boolean
        case .integer: .integer
        case .long: .long
        case .float: .float
        case .double: .double
        case .blob: .blob
        case .timestamp: .timestamp
        case .structure: .structure
        case .list: .list
        case .map: .map
        }
    }
}
