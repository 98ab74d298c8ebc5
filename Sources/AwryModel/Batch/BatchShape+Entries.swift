// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Entries that a rule lets fail, and how.
extension BatchShape {
    /// The entries of an input, in order; those of a map in the order of its keys.
    public func entries(of input: Fields) -> [Value] {
        switch entries {
        case .list(let path): return BatchShape.value(at: path[...], in: input)?.list ?? []
        case .map(let member, let inner):
            let parts = input[member]?.fields ?? [:]
            return parts.flatMap { part in (inner.map { part.value.fields?[$0] } ?? part.value)?.list ?? [] }
        }
    }

    /// The input with only those entries for whose positions `keeps` holds; a map loses keys that are left without any.
    public func keeping(of input: Fields, _ keeps: (Int) -> Bool) -> Fields {
        var input = input
        switch entries {
        case .list(let path):
            let kept = entries(of: input).enumerated().filter { keeps($0.offset) }.map(\.element)
            BatchShape.set(.list(kept), at: path[...], in: &input)
        case .map(let member, let inner): input[member] = .structure(keptMap(of: input, member, inner, keeps))
        }
        return input
    }

    /// Writes failures into the output of the other entries, in the order of the entries; of two failures of one entry
    /// the first counts.
    ///
    /// Their positions are those of the failed entries in `input`, in order; what is no position there is passed over.
    public func add(
        _ failures: [FailingEntries], of input: Fields, to output: inout Fields, in service: Service
    ) {
        let all = entries(of: input)
        var errors: [Int: WireError] = [:]
        for failing in failures {
            for position in failing.positions where all.indices.contains(position) && errors[position] == nil {
                errors[position] = failing.error
            }
        }
        let failed = errors.sorted { $0.key < $1.key }
        let positions = failed.map(\.key)
        switch form {
        case .places(let list, let failure):
            var answers = (output[list]?.list ?? []).makeIterator()
            output[list] = .list(
                all.indices.compactMap { position in
                    errors[position].map { failure.value($0, entry: all[position], position, in: service) }
                        ?? answers.next()
                })
        case .failures(let list, let failure):
            let told = failed.map { failure.value($0.value, entry: all[$0.key], $0.key, in: service) }
            output[list] = .list((output[list]?.list ?? []) + told)
        case .map(let member, let failure):
            var map = output[member]?.fields ?? [:]
            for (position, error) in failed {
                map[all[position].string ?? ""] = failure.value(error, entry: all[position], position, in: service)
            }
            output[member] = .structure(map)
        case .unprocessed(let member):
            switch entries {
            case .list: output[member] = .list((output[member]?.list ?? []) + positions.map { all[$0] })
            case .map(let given, let inner):
                output[member] = .structure(keptMap(of: input, given, inner) { errors[$0] != nil })
            }
        }
        guard let count else { return }
        let before: Int64 = if case .integer(let number) = output[count] { number } else { 0 }
        output[count] = .integer(before + Int64(positions.count))
    }

    private func keptMap(of input: Fields, _ member: String, _ inner: String?, _ keeps: (Int) -> Bool) -> Fields {
        var position = 0
        var kept: Fields = [:]
        for (key, value) in input[member]?.fields ?? [:] {
            let list = (inner.map { value.fields?[$0] } ?? value)?.list ?? []
            let rest = list.filter { _ in
                position += 1
                return keeps(position - 1)
            }
            guard !rest.isEmpty else { continue }
            guard let inner, var fields = value.fields else {
                kept[key] = .list(rest)
                continue
            }
            fields[inner] = .list(rest)
            kept[key] = .structure(fields)
        }
        return kept
    }

    private static func value(at path: ArraySlice<String>, in fields: Fields) -> Value? {
        guard let name = path.first, let value = fields[name] else { return nil }
        return path.count == 1 ? value : value.fields.flatMap { BatchShape.value(at: path.dropFirst(), in: $0) }
    }

    private static func set(_ value: Value, at path: ArraySlice<String>, in fields: inout Fields) {
        guard let name = path.first else { return }
        guard path.count > 1 else { return fields[name] = value }
        var inner = fields[name]?.fields ?? [:]
        set(value, at: path.dropFirst(), in: &inner)
        fields[name] = .structure(inner)
    }
}

extension BatchFailure {
    /// One entry's failure. Members beside code and message come from the error's own fields.
    func value(_ error: WireError, entry: Value, _ position: Int, in service: Service) -> Value {
        var fields: Fields = [:]
        for (member, source) in identity {
            switch source {
            case .entry: fields[member] = entry
            case .member(let name): fields[member] = entry.fields?[name]
            case .position: fields[member] = .integer(Int64(position))
            case .likeNamed:
                guard let shape = service[element].member(member)?.shape else { continue }
                let like = service[shape].members.compactMap { inner in
                    entry.fields?[inner.name].map { (inner.name, $0) }
                }
                fields[member] = .structure(Fields(like))
            }
        }
        if let senderFault { fields[senderFault] = .bool(error.fault == .client) }
        if let code { set(codeValue(of: error, code, in: service), at: code, in: &fields) }
        if let message, let text = error.message { set(.string(text), at: message, in: &fields) }
        for (name, value) in error.fields where service[element].member(name) != nil { fields[name] = value }
        return .structure(fields)
    }

    /// A few services write the status as the code.
    private func codeValue(of error: WireError, _ path: [String], in service: Service) -> Value {
        guard let shape = codeShape(in: service) else { return .string(error.code) }
        switch shape.kind {
        case .integer, .long: return .integer(Int64(error.code) ?? Int64(error.status))
        default: return .string(error.code)
        }
    }

    /// The type of the code.
    public func codeShape(in service: Service) -> Shape? {
        var shape = service[element]
        for name in code ?? [] {
            guard let member = shape.member(name) else { return nil }
            shape = service[member.shape]
        }
        return code == nil ? nil : shape
    }

    private func set(_ value: Value, at path: [String], in fields: inout Fields) {
        guard path.count == 2 else { return fields[path[0]] = value }
        var inner = fields[path[0]]?.fields ?? [:]
        inner[path[1]] = value
        fields[path[0]] = .structure(inner)
    }
}
