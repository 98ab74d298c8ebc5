// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

/// Values with every member that a model knows, for round trips: shapes within themselves are cut off at the second
/// time, texts are full of what protocols must escape.
struct Specimen {
    let service: Service
    private var open: [ShapeID: Int] = [:]
    private var count = 0

    init(_ service: Service) {
        self.service = service
    }

    /// A structure with all its members.
    mutating func structure(_ id: ShapeID) -> Fields {
        var fields = Fields()
        open[id, default: 0] += 1
        for member in service[id].members {
            if open[member.shape, default: 0] >= 1, case .structure = service[member.shape].kind { continue }
            fields[member.name] = value(member.shape)
        }
        open[id, default: 0] -= 1
        return fields
    }

    private mutating func value(_ id: ShapeID) -> Value {
        count += 1
        switch service[id].kind {
        case .string: return .string("a&b <\"c\"> + é %41 \(count)")
        case .boolean: return .bool(count % 2 == 0)
        case .integer, .long: return .integer(Int64(count))
        case .float, .double: return .double(Double(count) + 0.5)
        case .blob: return .blob(Blob(utf8: "\u{0}\u{1}\(count)"))
        case .timestamp: return .timestamp(Timestamp(seconds: 1_772_366_400 + Int64(count)))
        case .structure: return .structure(structure(id))
        case .list(let element):
            if open[element.shape, default: 0] >= 1 { return .list([]) }
            return .list([value(element.shape), value(element.shape)])
        case .map(_, let element):
            if open[element.shape, default: 0] >= 1 { return .structure([:]) }
            return .structure(["k.1": value(element.shape), "k=2": value(element.shape)])
        }
    }
}
