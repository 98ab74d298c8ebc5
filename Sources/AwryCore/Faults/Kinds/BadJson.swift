// SPDX-License-Identifier: Apache-2.0

extension FaultKind {
    /// A JSON object that stops before its last brace, at which no parser can be content. An answer in anything else
    /// is replaced.
    static let badJson = FaultKind("badJson", "a body of JSON that does not parse", cutting: .json) { body, after in
        let document = FaultPlan.document(body, beginning: UInt8(ascii: "{")) ?? Array(#"{"message": null}"#.utf8)
        let brace = document.lastIndex(of: UInt8(ascii: "}")) ?? document.count
        let bad = FaultPlan.start(of: Array(document[..<brace]), after)
        return FaultPlan(.document(Array(bad.isEmpty ? document[..<1] : bad), type: "application/json"), then: .usual)
    }
}
