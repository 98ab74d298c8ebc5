// SPDX-License-Identifier: Apache-2.0

/// What a request holds that conditions and variables may ask for. Asked only when a policy speaks of a key.
public protocol ConditionKeys: Sendable {
    /// The values of a key, its name in lower case; nil where the request has no such key. A key of several values may
    /// have none of them.
    func values(of key: String) -> [String]?
}

/// Condition keys that are all known beforehand.
public struct GivenKeys: ConditionKeys {
    private var values: [String: [String]] = [:]

    /// These keys; letter case of their names does not matter.
    public init(_ values: [String: [String]] = [:]) {
        for (name, texts) in values { self[name] = texts }
    }

    /// The values of one key; nil takes it away.
    public subscript(name: String) -> [String]? {
        get { values[name.lowercased()] }
        set { values[name.lowercased()] = newValue }
    }

    /// The values of a key, its name in lower case.
    public func values(of key: String) -> [String]? { values[key] }
}
