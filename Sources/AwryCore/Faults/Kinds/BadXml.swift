// SPDX-License-Identifier: Apache-2.0

extension FaultKind {
    /// XML that stops in a tag: a `<` at the end is well-formed nowhere. An answer in anything else is replaced.
    static let badXml = FaultKind("badXml", "a body of XML that does not parse", cutting: .xml) { body, after in
        let document =
            FaultPlan.document(body, beginning: UInt8(ascii: "<")) ?? Array(#"<?xml version="1.0"?><Bad>"#.utf8)
        let bad = FaultPlan.start(of: document, after) + [UInt8(ascii: "<")]
        return FaultPlan(.document(Array(bad), type: "application/xml"), then: .usual)
    }
}
