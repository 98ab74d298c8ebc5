// SPDX-License-Identifier: Apache-2.0

import AwryModel

/// Dotted paths into requests and outputs: `Records.*.PartitionKey`; `\.` is a dot that belongs to a name.
enum ParamPath {
    /// The parts of a path; nil where one is empty.
    static func parse(_ text: String) -> [String]? {
        var parts = [""]
        var escaped = false
        for scalar in text.unicodeScalars {
            if !escaped, scalar == "\\" {
                escaped = true
                continue
            }
            if !escaped, scalar == "." {
                parts.append("")
            } else {
                parts[parts.count - 1].unicodeScalars.append(scalar)
            }
            escaped = false
        }
        return parts.contains("") ? nil : parts
    }

    /// What a path leads to.
    enum Target {
        case shape(Shape, Service)
        /// Inside a document type or a blob's JSON, or with `*` over a structure's members: any value.
        case any
        /// No such member: which part of the path, and what there is.
        case missing(part: String, candidates: [String])
    }

    /// Where a path leads from a shape; nil stands for an empty structure.
    static func follow(_ path: some Sequence<String>, from id: ShapeID?, in service: Service) -> Target {
        var shape = id.map { service[$0] }
        // A stream's value is a list whose elements are of the stream's own shape.
        var isElement = false
        for part in path {
            guard let here = shape else { return .missing(part: part, candidates: []) }
            if here.traits.flags.contains(.document) { return .any }
            if here.traits.flags.contains(.eventStream), !isElement {
                guard part == "*" || Int(part) != nil else { return .missing(part: part, candidates: ["*"]) }
                isElement = true
                continue
            }
            isElement = false
            switch here.kind {
            case .structure:
                if part == "*" { return .any }
                guard let member = here.member(part) else {
                    return .missing(part: part, candidates: here.members.map(\.name))
                }
                shape = service[member.shape]
            case .list(let element):
                guard part == "*" || Int(part) != nil else { return .missing(part: part, candidates: ["*"]) }
                shape = service[element.shape]
            case .map(_, let value): shape = service[value.shape]
            // Bytes may hold JSON: a function's event, a record's data.
            case .blob: return .any
            default: return .missing(part: part, candidates: [])
            }
        }
        return shape.map { .shape($0, service) } ?? .any
    }
}

extension ScenarioDecoder {
    /// The type of a request's member, by the operations that can be met; a path that leads nowhere in all of them is
    /// a mistake.
    func inputType(_ path: [String], _ reach: Reach, _ location: SourceLocation, written: String) -> PatternType? {
        guard !reach.targets.isEmpty else { return nil }
        var types: Set<PatternType> = []
        var missing: (part: String, candidates: [String], target: Reach.Target)?
        for target in reach.targets {
            switch ParamPath.follow(path, from: target.operation.input, in: target.service) {
            case .any: types.insert(.any)
            case .shape(let shape, _): types.insert(PatternType(shape))
            case .missing(let part, let candidates):
                // The operation that came furthest knows best what was meant.
                if missing == nil || Words.question(for: missing?.part ?? "", among: missing?.candidates ?? []).isEmpty
                {
                    missing = (part, candidates, target)
                }
            }
        }
        if types.count == 1 { return types.first }
        if !types.isEmpty { return .any }
        let isElsewhere = reach.searchFurther(in: catalogue) { target in
            if case .missing = ParamPath.follow(path, from: target.operation.input, in: target.service) { return false }
            return true
        }
        if isElsewhere { return .any }
        if let missing {
            let name = reach.targets.count == 1 ? missing.target.name : "no operation that this matches"
            let verb = reach.targets.count == 1 ? "has no" : "has a"
            let near =
                missing.candidates == ["*"]
                ? "; it is a list: write `*` for any element, or a position from 0"
                : Words.question(for: missing.part, among: missing.candidates, orAll: "there are")
            let within = path.count > 1 ? " (in `\(written)`)" : ""
            report.mistake(location, "\(name) \(verb) parameter `\(missing.part)`\(within)\(near)")
        }
        return nil
    }
}
