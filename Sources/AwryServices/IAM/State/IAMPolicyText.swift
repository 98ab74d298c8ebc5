// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryPolicy

/// Policy documents, as calls bring them.
enum IAMPolicyText {
    /// Refuses what is no policy of this kind.
    @discardableResult
    static func check(_ text: String, as kind: PolicyKind = .identity, _ call: FakeCall) throws(WireError) -> Policy {
        do throws(PolicyMistake) {
            return try Policy(text, as: kind)
        } catch {
            throw call.error("MalformedPolicyDocument", error.message)
        }
    }

    /// The ARNs among the principals of a document that has been checked.
    static func principals(_ text: String) -> [String] {
        statements(text).flatMap { texts($0["Principal"]?.fields?["AWS"]) }
    }

    /// The services whose actions a document that has been checked allows: `s3`, and `*` for all.
    static func services(_ text: String) -> Set<String> {
        let actions = statements(text).filter { $0["Effect"] == "Allow" }.flatMap { texts($0["Action"]) }
        return Set(actions.map { String($0.prefix { $0 != ":" }).lowercased() })
    }

    private static func statements(_ text: String) -> [Fields] {
        guard let statement = (try? JSON.parse(text))?.fields?["Statement"] else { return [] }
        return (statement.list ?? [statement]).compactMap(\.fields)
    }

    private static func texts(_ value: Value?) -> [String] {
        (value?.list ?? [value].compactMap { $0 }).compactMap(\.string)
    }

    /// As outputs show it, percent-encoded (RFC 3986).
    static func shown(_ text: String) -> Value { .string(PercentCoding.encode(text)) }
}
