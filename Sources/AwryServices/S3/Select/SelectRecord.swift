// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// One record of the object that is selected from.
enum SelectRecord: Sendable {
    /// A line of CSV, and the names of its columns where the file's first line gives them.
    case fields([String], SelectColumns?)
    /// A value of JSON.
    case value(Value)

    /// What stands at a path whose first step is not the record's own name.
    func value(at path: ArraySlice<SelectStep>) throws(WireError) -> SelectValue {
        switch self {
        case .fields(let fields, let columns):
            guard path.count == 1, case .name(let name, let isQuoted) = path.first else { return .missing }
            if let index = Self.position(name) {
                guard index <= fields.count else { throw SelectErrors.columnIndex }
                return .field(fields[index - 1])
            }
            guard let index = columns?.index(of: name, isQuoted: isQuoted) else { throw SelectErrors.missingHeaders }
            return index < fields.count ? .field(fields[index]) : .missing
        case .value(let value):
            var here: Value? = value
            for step in path { here = here.flatMap { Self.child(of: $0, step) } }
            return SelectValue(here)
        }
    }

    /// `_1` is the first column.
    private static func position(_ name: String) -> Int? {
        guard name.first == "_", let number = Int(name.dropFirst()), number > 0 else { return nil }
        return number
    }

    private static func child(of value: Value, _ step: SelectStep) -> Value? {
        switch step {
        case .name(let name, let isQuoted):
            guard let fields = value.fields else { return nil }
            if let found = fields[name] { return found }
            guard !isQuoted else { return nil }
            return fields.first { $0.name.lowercased() == name.lowercased() }?.value
        case .index(let index):
            guard let list = value.list, list.indices.contains(index) else { return nil }
            return list[index]
        case .every: return nil
        }
    }

    /// The records that a value of a document holds along FROM's path.
    static func records(in value: Value, along path: ArraySlice<SelectStep>, _ take: (Value) -> Void) {
        guard let step = path.first else { return take(value) }
        guard step == .every else {
            if let child = child(of: value, step) { records(in: child, along: path.dropFirst(), take) }
            return
        }
        // What is no list is a list of one.
        guard let list = value.list else { return records(in: value, along: path.dropFirst(), take) }
        for element in list { records(in: element, along: path.dropFirst(), take) }
    }
}

/// The names of a CSV file's columns. An object: every record has it.
final class SelectColumns: Sendable {
    let names: [String]
    private let exact: [String: Int]
    private let lowered: [String: Int]

    init(_ names: [String]) {
        self.names = names
        let places = names.enumerated().map { ($0.element, $0.offset) }
        exact = Dictionary(places, uniquingKeysWith: { first, _ in first })
        lowered = Dictionary(places.map { ($0.lowercased(), $1) }, uniquingKeysWith: { first, _ in first })
    }

    func index(of name: String, isQuoted: Bool) -> Int? {
        isQuoted ? exact[name] : exact[name] ?? lowered[name.lowercased()]
    }
}
