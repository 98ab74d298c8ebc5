// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Policy documents, as calls bring them.
enum IAMPolicyText {
    /// Refuses what is no policy of a user, a group, a role or of its own.
    static func check(_ text: String, _ call: FakeCall) throws(WireError) {
        _ = try fields(text, call)
    }

    /// Refuses what does not say who may assume a role.
    static func checkTrust(_ text: String, _ call: FakeCall) throws(WireError) {
        let statements = try fields(text, call)
        for statement in statements {
            if statement["Resource"] != nil || statement["NotResource"] != nil {
                throw call.error("MalformedPolicyDocument", "Has prohibited field Resource.")
            }
            if statement["Principal"] == nil, statement["NotPrincipal"] == nil {
                throw call.error("MalformedPolicyDocument", "Missing required field Principal.")
            }
        }
    }

    /// The statements of a document.
    private static func fields(_ text: String, _ call: FakeCall) throws(WireError) -> [Fields] {
        guard let document = try? JSON.parse(text), let fields = document.fields else {
            throw call.error("MalformedPolicyDocument", "This policy contains invalid Json")
        }
        let statements: [Fields]?
        switch fields["Statement"] {
        case .structure(let one): statements = [one]
        case .list(let list): statements = list.compactMap(\.fields)
        default: statements = nil
        }
        guard let statements, !statements.isEmpty else {
            throw call.error("MalformedPolicyDocument", "Syntax errors in policy.")
        }
        for statement in statements {
            guard let effect = statement["Effect"]?.string, effect == "Allow" || effect == "Deny" else {
                throw call.error("MalformedPolicyDocument", "Syntax errors in policy.")
            }
            guard statement["Action"] != nil || statement["NotAction"] != nil else {
                throw call.error(
                    "MalformedPolicyDocument", "Policy statement must contain actions.")
            }
        }
        return statements
    }

    /// The bytes that count towards quotas: white space does not.
    static func size(_ text: String) -> Int {
        text.utf8.count { $0 != 0x20 && $0 != 0x0A && $0 != 0x0D && $0 != 0x09 }
    }

    /// As outputs show it, percent-encoded (RFC 3986).
    static func shown(_ text: String) -> Value { .string(PercentCoding.encode(text)) }
}
