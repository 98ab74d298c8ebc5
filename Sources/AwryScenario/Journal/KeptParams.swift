// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

/// Copies a decoded input for the journal: nothing sensitive, nothing large, and no slice of the buffer it came in.
enum KeptParams {
    /// The longest text or blob that is kept, in bytes.
    static let longestScalar = 1024
    /// How much of one input is kept, in bytes, about.
    static let budget = 8192

    /// What stands for a sensitive value.
    static let hidden = Value.structure(["$hidden": true])

    /// What stands for a value that was too large: how many bytes, or elements.
    static func notKept(_ size: Int) -> Value { .structure(["$notKept": .integer(Int64(size))]) }

    /// The input as it is kept.
    static func kept(_ fields: Fields, shape: ShapeID?, in service: Service, _ secrets: Secrets = .hidden) -> Fields {
        // Without its shapes nothing of an input is known to be secret.
        let shape = secrets == .shown ? nil : shape
        var left = budget
        return kept(.structure(fields), shape: shape, in: service, left: &left).fields ?? Fields()
    }

    /// Whether what stands at a path is not what was sent, so that nothing can be said about it.
    static func isUncertain(_ value: Value, at path: ArraySlice<String>) -> Bool {
        if isMarker(value) { return true }
        guard let name = path.first else { return false }
        let rest = path.dropFirst()
        switch value {
        case .structure(let fields):
            if name == "*" { return fields["$notKept"] != nil || fields.contains { isUncertain($0.value, at: rest) } }
            // A member that did not fit may be among those that its parent only counts.
            return fields[name].map { isUncertain($0, at: rest) } ?? (fields["$notKept"] != nil)
        case .list(let elements):
            if name == "*" { return elements.contains { isUncertain($0, at: rest) } }
            guard let index = Int(name), elements.indices.contains(index) else {
                return elements.last.map(isMarker) ?? false
            }
            return isUncertain(elements[index], at: rest)
        default: return false
        }
    }

    /// About how much memory a value takes, in bytes.
    static func size(of value: Value) -> Int {
        let own = MemoryLayout<Value>.stride
        switch value {
        case .string(let text): return own + text.utf8.count
        case .blob(let blob): return own + blob.count
        case .list(let elements): return elements.reduce(own) { $0 + size(of: $1) }
        case .structure(let fields): return fields.reduce(own) { $0 + 2 * $1.name.utf8.count + 32 + size(of: $1.value) }
        default: return own
        }
    }

    private static func isMarker(_ value: Value) -> Bool {
        guard case .structure(let fields) = value, fields.count == 1 else { return false }
        return fields["$hidden"] != nil || fields["$notKept"] != nil
    }

    private static func kept(_ value: Value, shape: ShapeID?, in service: Service, left: inout Int) -> Value {
        if let shape, service[shape].traits.isSecret { return hidden }
        left -= MemoryLayout<Value>.stride
        switch value {
        case .string(let text):
            guard take(text.utf8.count, from: &left) else { return notKept(text.utf8.count) }
            return value
        case .blob(let blob):
            guard take(blob.count, from: &left) else { return notKept(blob.count) }
            return .blob(Blob(Array(blob.bytes)))
        case .list(let elements):
            let inner = shape.flatMap { service.element(of: $0) }
            var copies: [Value] = []
            for element in elements {
                if left <= 0 {
                    copies.append(notKept(elements.count - copies.count))
                    break
                }
                copies.append(kept(element, shape: inner, in: service, left: &left))
            }
            return .list(copies)
        case .structure(let fields):
            return .structure(members(fields, shape: shape.map { service[$0] }, in: service, left: &left))
        case .null, .bool, .integer, .double, .timestamp:
            return value
        }
    }

    private static func members(_ fields: Fields, shape: Shape?, in service: Service, left: inout Int) -> Fields {
        var copies = Fields(minimumCapacity: fields.count)
        for (name, value) in fields {
            if left <= 0 || name.utf8.count > longestScalar {
                copies["$notKept"] = .integer(Int64(fields.count - copies.count))
                break
            }
            left -= name.utf8.count + 32
            var inner = shape?.member(name)?.shape
            if case .map(let key, let element) = shape?.kind {
                // The names themselves are the secret.
                if service[key.shape].traits.isSecret { return ["$hidden": true] }
                inner = element.shape
            }
            copies[name] = kept(value, shape: inner, in: service, left: &left)
        }
        return copies
    }

    private static func take(_ bytes: Int, from left: inout Int) -> Bool {
        guard bytes <= longestScalar, bytes <= left else { return false }
        left -= bytes
        return true
    }
}
