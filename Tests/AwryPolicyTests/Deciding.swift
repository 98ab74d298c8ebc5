// SPDX-License-Identifier: Apache-2.0

import AwryPolicy
import Testing

/// A row of a table of decisions: what was judged, what must come of it, and the page of AWS's documentation that says
/// so.
struct Row: CustomTestStringConvertible, Sendable {
    let name: String
    let request: PolicyRequest
    let layers: PolicyLayers
    let expected: String
    let source: String

    var testDescription: String { "\(name) (\(source))" }

    /// The decision as the table writes it: `allowed`, or the outcome and who said so: `implicitDeny identity`.
    func check() {
        let decision = layers.judge(request)
        let layer = decision.isAllowed ? "" : " \(decision.layer.map { "\($0)" } ?? "none")"
        #expect("\(decision.outcome)\(layer)" == expected, "\(name)")
        #expect(layers.trace(request).decision.outcome == decision.outcome)
    }
}

/// What the tables write policies with.
enum Deciding {
    static let account = "111122223333"
    static let other = "444455556666"
    static let user = PolicyPrincipal.user("arn:aws:iam::111122223333:user/alice", uniqueID: "AIDAALICE")
    static let role = "arn:aws:iam::111122223333:role/app"
    static let session = PolicyPrincipal.session(
        "arn:aws:sts::111122223333:assumed-role/app/one", of: role, uniqueID: "AROAAPP:one")

    static func set(_ statements: String..., kind: PolicyKind = .any, version: String = "2012-10-17") -> PolicySet {
        let text = "{\"Version\":\"\(version)\",\"Statement\":[\(statements.joined(separator: ","))]}"
        do {
            return PolicySet("test", try Policy(text, as: kind))
        } catch {
            Issue.record("\(error.message) \(error.detail) in \(text)")
            return PolicySet([])
        }
    }

    static func statement(
        _ effect: String, _ action: String = "s3:*", on resource: String = "*", rest: String = ""
    ) -> String {
        "{\"Effect\":\"\(effect)\",\"Action\":\"\(action)\",\"Resource\":\"\(resource)\"\(rest)}"
    }

    static func allow(_ action: String = "s3:*", on resource: String = "*", rest: String = "") -> String {
        statement("Allow", action, on: resource, rest: rest)
    }

    static func deny(_ action: String = "s3:*", on resource: String = "*", rest: String = "") -> String {
        statement("Deny", action, on: resource, rest: rest)
    }

    static func principal(_ value: String) -> String { ",\"Principal\":\(value)" }

    static func request(_ keys: [String: [String]]) -> PolicyRequest { request("s3:GetObject", keys) }

    static func request(
        _ action: String = "s3:GetObject", on resource: String = "arn:aws:s3:::b/k",
        by principal: PolicyPrincipal = user,
        owner: String? = account, _ keys: [String: [String]] = [:]
    ) -> PolicyRequest {
        PolicyRequest(
            action: action, resource: resource, principal: principal, resourceAccount: owner, keys: GivenKeys(keys))
    }
}
