// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

/// What `${…}` may refer to.
protocol TemplateScoping {
    /// The value of a reference; nil where there is none.
    func value(of path: [String]) -> Value?
}

/// What `${…}` may refer to in `setup` and `env`: what `setup` named before, and where.
struct WorldContext: TemplateScoping {
    let names: Fields
    let account: String
    let region: String

    func value(of path: [String]) -> Value? {
        switch path {
        case ["account"]: .string(account)
        case ["region"]: .string(region)
        default: Value.structure(names).value(at: path[...])
        }
    }
}

extension SetupCall {
    /// The input with its texts filled in; `names` are those of the calls before it.
    public func input(names: Fields) -> Fields {
        let context = WorldContext(names: names, account: account, region: region)
        return input.expanded(context, as: operation.input, in: service).fields ?? [:]
    }
}

extension Template {
    /// The text with its references to what `setup` named filled in.
    public func text(names: Fields) -> String {
        let (account, region) = (ScenarioDecoder.defaultAccount, ScenarioDecoder.defaultRegion)
        return expanded(WorldContext(names: names, account: account, region: region))
    }
}

/// What `${…}` may refer to while one rule fires for one request.
struct TemplateContext: TemplateScoping {
    let facts: RequestFacts
    /// The rule's position.
    let position: Int
    /// The attempt's number; nil where nobody counted it.
    let attempt: Int?
    /// What `setup` named, in the rule's scenario.
    let names: Fields

    /// The value of a reference; nil where there is none.
    func value(of path: [String]) -> Value? {
        guard let root = path.first else { return nil }
        switch (root, path.count) {
        case ("params", _): return facts.params.flatMap { Value.structure($0).value(at: path.dropFirst()) }
        case ("account", 1): return .string(facts.origin.account)
        case ("region", 1): return .string(facts.origin.region)
        case ("service", 1): return .string(facts.service.name)
        case ("operation", 1): return .string(facts.operation.name)
        case ("requestId", 1): return .string(facts.requestID)
        case ("authorizationMessage", 1): return .string(facts.authorizationMessage)
        case ("nth", 1): return .integer(Int64(position))
        case ("attempt", 1): return attempt.map { .integer(Int64($0)) }
        case ("now", 1): return .timestamp(facts.now)
        default:
            let offset = try? MomentText.offset(path.joined(separator: "."))
            return offset.map { .timestamp(facts.now + $0) } ?? Value.structure(names).value(at: path[...])
        }
    }
}

extension Template {
    /// The text with its references filled in; what is not there leaves nothing.
    func expanded(_ context: some TemplateScoping) -> String {
        filled(context, withGaps: true) ?? ""
    }

    /// The same; nil where a reference leads nowhere.
    func completed(_ context: some TemplateScoping) -> String? {
        filled(context, withGaps: false)
    }

    private func filled(_ context: some TemplateScoping, withGaps mayHaveGaps: Bool) -> String? {
        // As bytes, with room for most messages: to append to a text takes four times as long.
        var text: [UInt8] = []
        text.reserveCapacity(160)
        for piece in pieces {
            switch piece {
            case .text(let part): text.append(contentsOf: part.utf8)
            case .reference(let path):
                let value = context.value(of: path)
                guard value != nil || mayHaveGaps else { return nil }
                if let value { text.append(contentsOf: value.templateText.utf8) }
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Whether all references lead somewhere.
    func isComplete(in context: some TemplateScoping) -> Bool {
        pieces.allSatisfy { if case .reference(let path) = $0 { context.value(of: path) != nil } else { true } }
    }

    /// Whether a reference begins with this word.
    func refers(to root: String) -> Bool {
        pieces.contains { if case .reference(let path) = $0 { path.first == root } else { false } }
    }
}

extension TemplatedValue {
    /// The value with its texts filled in. A text that is one reference alone takes over the value's own kind, as far
    /// as the member's shape agrees with it.
    func expanded(_ context: some TemplateScoping, as shape: ShapeID?, in service: Service) -> Value {
        switch self {
        case .plain(let value):
            return value
        case .text(let template):
            if template.pieces.count == 1, case .reference(let path) = template.pieces[0] {
                let value = context.value(of: path) ?? .string("")
                return shape.map { value.fitted(to: service[$0]) } ?? value
            }
            let text = Value.string(template.expanded(context))
            return shape.map { text.fitted(to: service[$0]) } ?? text
        case .list(let elements):
            let inner = shape.flatMap { service.element(of: $0) }
            var values: [Value] = []
            for element in elements { values.append(element.expanded(context, as: inner, in: service)) }
            return .list(values)
        case .structure(let members):
            var fields = Fields()
            for member in members {
                let inner = shape.flatMap { service[$0].shape(ofMember: member.name) }
                fields[member.name] = member.value.expanded(context, as: inner, in: service)
            }
            return .structure(fields)
        }
    }

    /// The value, if nothing in it is to be filled in.
    var constant: Value? {
        switch self {
        case .plain(let value): return value
        case .text(let template): return template.literal.map { .string($0) }
        case .list(let elements):
            var values: [Value] = []
            for element in elements {
                guard let value = element.constant else { return nil }
                values.append(value)
            }
            return .list(values)
        case .structure(let members):
            var fields = Fields()
            for member in members {
                guard let value = member.value.constant else { return nil }
                fields[member.name] = value
            }
            return .structure(fields)
        }
    }

    /// Whether all references in it lead somewhere.
    func isComplete(in context: some TemplateScoping) -> Bool {
        switch self {
        case .plain: true
        case .text(let template): template.isComplete(in: context)
        case .list(let elements): elements.allSatisfy { $0.isComplete(in: context) }
        case .structure(let members): members.allSatisfy { $0.value.isComplete(in: context) }
        }
    }

    /// Whether a reference in it begins with this word.
    func refers(to root: String) -> Bool {
        switch self {
        case .plain: false
        case .text(let template): template.refers(to: root)
        case .list(let elements): elements.contains { $0.refers(to: root) }
        case .structure(let members): members.contains { $0.value.refers(to: root) }
        }
    }
}

extension Shape {
    /// The type of a structure's member, or of a map's values.
    fileprivate func shape(ofMember name: String) -> ShapeID? {
        if case .map(_, let value) = kind { return value.shape }
        return member(name)?.shape
    }
}

extension Value {
    /// The value as a shape wants it, where its text says the same; else as it is.
    fileprivate func fitted(to shape: Shape) -> Value {
        switch (shape.kind, self) {
        case (.string, .string): return self
        case (.string, _): return scalarText.map { .string($0) } ?? self
        case (.integer, .string(let text)), (.long, .string(let text)):
            return Int64(text).map { .integer($0) } ?? self
        case (.float, .string(let text)), (.double, .string(let text)):
            return Double(text).map { .double($0) } ?? self
        case (.boolean, .string(let text)): return text == "true" ? true : text == "false" ? false : self
        case (.blob, .string(let text)): return .blob(Blob(utf8: text))
        default: return self
        }
    }
}
