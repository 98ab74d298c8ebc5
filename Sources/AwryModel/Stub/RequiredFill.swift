// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Fills what structures require with the smallest valid values.
struct RequiredFill {
    private let service: Service
    private var source: StubSource
    private let successStatus: Int
    /// The structures that are being filled: one that requires itself is left empty.
    private var open: [ShapeID] = []
    private var depth = 0
    private var made = 0

    /// How many elements a list is filled with at most, whatever its minimum.
    static let elementLimit = 100
    /// How many values are made at most for one output, and how deep: a model that asks for more is not satisfied.
    static let valueLimit = 10_000
    static let depthLimit = 64

    /// A filler for structures of a service. `successStatus` goes into members that carry the status.
    init(_ service: Service, source: StubSource, successStatus: Int = 200) {
        self.service = service
        self.source = source
        self.successStatus = successStatus
    }

    /// A structure with all that its shape requires, at every depth; what is there already stays, in its order.
    mutating func complete(_ fields: Fields, _ id: ShapeID) -> Fields {
        let shape = service[id]
        guard case .structure(let members) = shape.kind, mayGoOn, open.count < RequiredFill.depthLimit else {
            return fields
        }
        open.append(id)
        defer { open.removeLast() }
        var fields = fields
        for member in members {
            if let value = fields[member.name] {
                fields[member.name] = completed(value, member.shape)
            } else if member.isRequired {
                fields[member.name] = smallest(member)
            }
        }
        return fields
    }

    private mutating func completed(_ value: Value, _ id: ShapeID) -> Value {
        switch (service[id].kind, value) {
        case (.structure, .structure(let fields)) where !service[id].traits.flags.contains(.document):
            return .structure(complete(fields, id))
        case (_, .list(let elements)):
            guard let element = service.element(of: id) else { return value }
            return .list(elements.map { completed($0, element) })
        case (.map(_, let member), .structure(let entries)):
            return .structure(Fields(entries.map { ($0.name, completed($0.value, member.shape)) }))
        default: return value
        }
    }

    /// Adds the body that a payload stands for, where it is no stream of events: the smallest that the model allows.
    mutating func payload(_ output: inout Fields, _ shape: Shape) {
        guard let name = shape.traits.payload, output[name] == nil, let member = shape.member(name) else { return }
        let body = service[member.shape]
        switch body.kind {
        case .blob, .string: output[name] = smallest(member)
        case .structure where body.traits.flags.isDisjoint(with: [.eventStream, .document]):
            output[name] = smallest(member)
        default: break
        }
    }

    /// The smallest valid value of a member.
    mutating func smallest(_ member: Member) -> Value {
        depth += 1
        made += 1
        defer { depth -= 1 }
        let shape = service[member.shape]
        if member.location == .statusCode { return .integer(Int64(successStatus)) }
        if shape.traits.flags.contains(.document) { return .structure([:]) }
        if shape.traits.flags.contains(.eventStream) { return .list(events(shape)) }
        switch shape.kind {
        case .string: return .string(StubText.text(member, shape, service, &source))
        case .boolean: return .bool(false)
        case .integer, .long: return .integer(RequiredFill.whole(shape.limits))
        case .float, .double: return .double(RequiredFill.number(shape.limits))
        case .blob: return .blob(Blob([UInt8](repeating: 0, count: RequiredFill.count(shape.limits, most: 4096))))
        case .timestamp: return .timestamp(source.now)
        case .structure(let members): return .structure(structure(members, shape, member.shape))
        case .list(let element):
            return .list(list(element, shape, isFlattened: shape.traits.flags.contains(.flattened)))
        case .map(let key, let value): return .structure(map(key, value, shape))
        }
    }

    private mutating func structure(_ members: [Member], _ shape: Shape, _ id: ShapeID) -> Fields {
        guard !open.contains(id) else { return [:] }
        // Of a union exactly one member is set: the simplest.
        guard shape.traits.flags.contains(.union) else { return complete([:], id) }
        let simple = members.first { isSimple(service[$0.shape]) }
        guard let chosen = simple ?? members.first(where: { !open.contains($0.shape) }) else { return [:] }
        open.append(id)
        defer { open.removeLast() }
        return [chosen.name: smallest(chosen)]
    }

    /// Each event of a stream once, in the model's order, which is that in which services send them; no errors.
    private mutating func events(_ stream: Shape) -> [Value] {
        var events: [Value] = []
        for member in stream.members where service[member.shape].error == nil && mayGoOn {
            events.append(.structure([member.name: smallest(member)]))
        }
        return events
    }

    private mutating func list(_ element: Member, _ shape: Shape, isFlattened: Bool) -> [Value] {
        guard mayGoOn, !open.contains(element.shape) else { return [] }
        var count = RequiredFill.count(shape.limits, most: RequiredFill.elementLimit)
        // XML has no word for a flattened list that is empty: it would not be there.
        if isFlattened, count == 0, service.metadata.protocols.first == .restXML { count = 1 }
        return (0..<count).map { _ in smallest(element) }
    }

    private mutating func map(_ key: Member, _ value: Member, _ shape: Shape) -> Fields {
        let count = RequiredFill.count(shape.limits, most: RequiredFill.elementLimit)
        guard count > 0, mayGoOn, !open.contains(value.shape) else { return [:] }
        let keys = service[key.shape].limits.values
        var fields: Fields = [:]
        for number in 0..<count {
            let first = StubText.text(key, service[key.shape], service, &source)
            let name = keys.count > number ? keys[number] : (number == 0 ? first : "\(first)\(number)")
            fields[name] = smallest(value)
        }
        return fields
    }

    private var mayGoOn: Bool { depth < RequiredFill.depthLimit && made < RequiredFill.valueLimit }

    /// Whether a member is no structure, list or map.
    func isSimple(_ member: Member) -> Bool { isSimple(service[member.shape]) }

    private func isSimple(_ shape: Shape) -> Bool {
        switch shape.kind {
        case .structure, .list, .map: false
        default: true
        }
    }
}

extension RequiredFill {
    /// Whether a value satisfies the limits of a member at every depth.
    static func isValid(_ value: Value, _ member: Member, in service: Service) -> Bool {
        let shape = service[member.shape]
        guard shape.broken(by: value, values: member.values).isEmpty else { return false }
        guard case .structure(let fields) = value, case .structure = shape.kind else { return true }
        return Validator().validate(fields, as: member.shape, in: service) == nil
    }

    /// The whole number nearest 0 that is within the limits.
    static func whole(_ limits: Limits) -> Int64 {
        let number = number(limits)
        // Between 0 and a fractional minimum the next whole number above is the nearest.
        return Int64(exactly: number.rounded(number > 0 ? .up : .down)) ?? (number > 0 ? .max : .min)
    }

    /// The number nearest 0 that is within the limits.
    static func number(_ limits: Limits) -> Double {
        if let minimum = limits.minimum, minimum > 0 { return minimum }
        if let maximum = limits.maximum, maximum < 0 { return maximum }
        return 0
    }

    /// The smallest length or count within the limits, but not more than `most`.
    static func count(_ limits: Limits, most: Int) -> Int {
        guard let minimum = limits.minimum, minimum > 0 else { return 0 }
        return minimum < Double(most) ? Int(minimum.rounded(.up)) : most
    }
}
