// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Checks inputs against the model's limits. Which error carries the result is `ValidationStyle`'s affair.
///
/// Values of the wrong type are not its affair either: the wire refuses them while it decodes, and `TypeCheck` finds
/// them. Members that the model does not know are ignored, as AWS ignores them.
public struct Validator: Sendable {
    /// How much of messages is collected before the rest of the violations is left out, in bytes.
    static let messageLimit = 256 * 1024

    /// A validator.
    public init() {}

    /// All that breaks the model in the input of an operation; nil where nothing does.
    public func validate(_ input: Fields, of operation: Operation, in service: Service) -> ValidationFailure? {
        guard let id = operation.input else { return nil }
        return validate(input, as: id, in: service)
    }

    /// All that breaks the model in a structure of this shape; nil where nothing does.
    public func validate(_ fields: Fields, as shape: ShapeID, in service: Service) -> ValidationFailure? {
        var walk = ValidationWalk(service)
        walk.structure(fields, service[shape], depth: 0)
        return walk.violations.isEmpty ? nil : ValidationFailure(violations: walk.violations)
    }
}

/// One pass over an input.
struct ValidationWalk {
    private let service: Service
    private(set) var violations: [ValidationFailure.Violation] = []
    private var messageSize = 0
    private var path: [Step] = []
    private var top: Member?

    private enum Step {
        case member(Member)
        /// An element of a list, counted from 1.
        case element(Int)
        case entry(String)
    }

    init(_ service: Service) {
        self.service = service
    }

    mutating func structure(_ fields: Fields, _ shape: Shape, depth: Int) {
        guard depth < 128, case .structure(let members) = shape.kind else { return }
        // A document is any JSON; a stream's events come one by one, after the input.
        guard shape.traits.flags.isDisjoint(with: [.document, .eventStream]) else { return }
        // Lent by a span: most members are not there, and a copy of one counts four references.
        let lent = members.span
        let lengths = fields.nameLengths
        for index in lent.indices {
            let mayBeThere = lengths & Fields.bit(ofLength: lent[index].name.utf8.count) != 0
            guard mayBeThere || lent[index].isRequired else { continue }
            let value = fields[lent[index].name] ?? .null
            let isNull = if case .null = value { true } else { false }
            if isNull, !lent[index].isRequired { continue }
            let member = lent[index]
            if depth == 0 { top = member }
            if isNull {
                guard !service[member.shape].traits.flags.contains(.eventStream) else { continue }
                path.append(.member(member))
                add(.notNull, .null, member.shape)
                path.removeLast()
                continue
            }
            path.append(.member(member))
            let shape = service[member.shape]
            for constraint in shape.broken(by: value, values: member.values) { add(constraint, value, member.shape) }
            inside(value, shape, member.shape, depth: depth + 1)
            path.removeLast()
        }
    }

    /// Checks what a value holds; its own constraints were checked by whoever knows its name.
    private mutating func inside(_ value: Value, _ shape: Shape, _ id: ShapeID, depth: Int) {
        guard depth < 128, messageSize < Validator.messageLimit else { return }
        switch (shape.kind, value) {
        case (.structure, .structure(let fields)): structure(fields, shape, depth: depth)
        case (.list(let element), .list(let elements)):
            list(elements, element, shape, (value, id), depth: depth)
        case (.map(let key, let member), .structure(let entries)):
            map(entries, key, member, shape, (value, id), depth: depth)
        default: break
        }
    }

    private mutating func list(
        _ elements: [Value], _ member: Member, _ shape: Shape, _ whole: (value: Value, id: ShapeID), depth: Int
    ) {
        let element = service[member.shape]
        let isSparse = shape.traits.flags.contains(.sparse)
        if elements.contains(where: { breaks($0, element, isSparse) }) {
            add(.elements(asked(of: element, elements, isSparse)), whole.value, whole.id)
        }
        guard element.hasParts else { return }
        for (index, value) in elements.enumerated() {
            path.append(.element(index + 1))
            inside(value, element, member.shape, depth: depth + 1)
            path.removeLast()
        }
    }

    private mutating func map(
        _ entries: Fields, _ key: Member, _ member: Member, _ shape: Shape, _ whole: (value: Value, id: ShapeID),
        depth: Int
    ) {
        let keyShape = service[key.shape]
        let valueShape = service[member.shape]
        let isSparse = shape.traits.flags.contains(.sparse)
        if entries.contains(where: { !keyShape.broken(by: .string($0.name)).isEmpty }) {
            add(.keys(keyShape.constraints()), whole.value, whole.id)
        }
        if entries.contains(where: { breaks($0.value, valueShape, isSparse) }) {
            add(.mapValues(asked(of: valueShape, entries.lazy.map(\.value), isSparse)), whole.value, whole.id)
        }
        guard valueShape.hasParts else { return }
        for (name, value) in entries {
            path.append(.entry(name))
            inside(value, valueShape, member.shape, depth: depth + 1)
            path.removeLast()
        }
    }

    private func breaks(_ value: Value, _ shape: Shape, _ isSparse: Bool) -> Bool {
        if case .null = value { return !isSparse }
        return !shape.broken(by: value).isEmpty
    }

    /// What the message asks of elements: all that their shape asks, and not to be null where one is.
    private func asked(of shape: Shape, _ values: some Sequence<Value>, _ isSparse: Bool) -> [Constraint] {
        let hasNull = !isSparse && values.contains { if case .null = $0 { true } else { false } }
        return shape.constraints() + (hasNull ? [.notNull] : [])
    }

    private mutating func add(_ constraint: Constraint, _ value: Value, _ shape: ShapeID) {
        guard let top, let innermost, messageSize < Validator.messageLimit else { return }
        let violation = ValidationFailure.Violation(
            member: top.name, wireName: top.wireName, innermostMember: innermost.name, location: top.location,
            path: pathText, shape: shape, constraint: constraint,
            shown: ShownValue.of(value, service[shape], in: service))
        messageSize += violation.message.utf8.count
        violations.append(violation)
    }

    private var innermost: Member? {
        for step in path.reversed() {
            if case .member(let member) = step { return member }
        }
        return nil
    }

    /// `records.1.member.data`, `requestItems.table.member.keys`.
    private var pathText: String {
        path.map { step in
            switch step {
            case .member(let member): member.name.loweringFirst
            case .element(let number): "\(number).member"
            case .entry(let name): "\(name).member"
            }
        }.joined(separator: ".")
    }
}

extension Shape {
    /// Whether values of it hold values of other shapes.
    fileprivate var hasParts: Bool {
        switch kind {
        case .structure, .list, .map: true
        default: false
        }
    }
}
