// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

/// An input that is small enough to be kept as it was decoded: what the journal may not show is left out when somebody
/// reads it, which hardly anybody does.
final class WholeParams: LateParams {
    /// What of an input is kept without looking closer, in bytes, about.
    private static let longest = 2048

    private let input: Fields
    private let operation: Operation
    private let service: Service
    private let secrets: Secrets
    let footprint: Int

    /// Nil for an input that is too large, or holds a blob that is a slice of a buffer, which may be large.
    init?(_ input: Fields, of operation: Operation, in service: Service, _ secrets: Secrets) {
        var left = Self.longest
        guard Self.take(input, from: &left) else { return nil }
        self.input = input
        self.operation = operation
        self.service = service
        self.secrets = secrets
        footprint = 64 + Self.longest - left
    }

    var params: Fields? { KeptParams.kept(input, shape: operation.input, in: service, secrets) }

    /// Whether there was room for these fields.
    private static func take(_ fields: Fields, from left: inout Int) -> Bool {
        for (name, value) in fields {
            left -= 64 + name.utf8.count
            guard take(value, from: &left) else { return false }
        }
        return left >= 0
    }

    private static func take(_ value: Value, from left: inout Int) -> Bool {
        switch value {
        case .null, .bool, .integer, .double, .timestamp: return left >= 0
        case .blob(let blob):
            left -= blob.count
            return left >= 0 && blob.holdsNothingElse
        case .string(let text):
            left -= text.utf8.count
            return left >= 0
        case .list(let elements):
            left -= 48 * elements.count
            return left >= 0 && elements.allSatisfy { take($0, from: &left) }
        case .structure(let fields): return take(fields, from: &left)
        }
    }
}
