// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Attributes as a call gives them.
struct UserAttributeList {
    var values: [String: String] = [:]
    /// The names in the call's order, for the first that is wrong to be the one that is named.
    private let names: [String]

    init(_ value: Value?, _ call: FakeCall) throws(WireError) {
        let pairs = (value?.list ?? []).compactMap(\.fields).map {
            ($0["Name"]?.string ?? "", $0["Value"]?.string ?? "")
        }
        names = pairs.map(\.0)
        for (name, value) in pairs { values[name] = value }
    }

    /// Whether the client may write all of them.
    func checkWritable(by client: UserPoolClient, _ call: FakeCall) throws(WireError) {
        let writable = Set(client.settings.texts("WriteAttributes"))
        guard !writable.isEmpty else { return }
        if names.contains(where: { !writable.contains($0) }) {
            throw call.refused("A client attempted to write unauthorized attribute")
        }
    }

    /// Whether the pool's schema allows them, and, of a new user, has all that it requires.
    func check(in pool: UserPool, isNew: Bool, _ call: FakeCall) throws(WireError) {
        for name in names {
            guard let attribute = pool.attribute(name) else {
                throw call.wrong(
                    "Attributes did not conform to the schema: Type for attribute {\(name)} could not be determined")
            }
            if name == "sub" || (!attribute.isMutable && !isNew) {
                throw call.wrong("user.\(name): Attribute cannot be updated.\n")
            }
            if let refusal = attribute.refusal(of: values[name] ?? "") { throw call.wrong(refusal) }
        }
        guard isNew else { return }
        let missing = pool.schema.filter { $0.isRequired && $0.name != "sub" && values[$0.name] == nil }
        guard missing.isEmpty else {
            let lines = missing.map { "\($0.name): The attribute is required\n" }.joined()
            throw call.wrong("Attributes did not conform to the schema: \(lines)")
        }
    }
}
