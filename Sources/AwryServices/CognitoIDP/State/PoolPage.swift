// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// A page of a list, whose token names the first element of the next one.
struct PoolPage<Element> {
    let elements: [Element]
    private let next: String?

    /// The page that a call asks for: `limit` and `token` are the members that say so. A token whose element is not
    /// there is refused.
    init(
        _ all: [Element], by key: (Element) -> String, _ call: FakeCall, limit: String, token: String, most: Int = 60
    ) throws(WireError) {
        let size = call.input[limit]?.integer.map { max(1, min(Int($0), most)) } ?? most
        var rest = all[...]
        if let text = call.input[token]?.string {
            guard let bytes = Base64.decode(Array(text.utf8)) else { throw call.wrong("Invalid pagination token") }
            let name = String(decoding: bytes, as: UTF8.self)
            guard let start = all.firstIndex(where: { key($0) == name }) else {
                throw call.wrong("Invalid pagination token")
            }
            rest = all[start...]
        }
        elements = Array(rest.prefix(size))
        next = rest.dropFirst(size).first.map(key)
    }

    /// An output with the next page's token, if there is one.
    func output(_ fields: Fields, token: String) -> Fields {
        var fields = fields
        if let next { fields[token] = .string(Base64.text(Array(next.utf8))) }
        return fields
    }
}
