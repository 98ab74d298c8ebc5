// SPDX-License-Identifier: Apache-2.0

import AwryXML
import Testing

struct XMLDocumentTests {
    @Test func readsATree() throws {
        let root = try read(
            """
            <?xml version="1.0"?>
            <a xmlns="urn:x"><!-- no --><b>1 &amp; &#x32;</b>
              <b/> <x:c xmlns:x="urn:y" x:type="T"><![CDATA[<&>]]></x:c><d> s </d></a>
            """)
        #expect(root.name == "a")
        #expect(root.text == "")
        #expect(root.children.map(\.name) == ["b", "b", "c", "d"])
        #expect(root.first("b")?.text == "1 & 2")
        #expect(root.first("c")?.text == "<&>")
        #expect(root.first("c")?.attribute("xsi:type") == "T")
        #expect(root.first("d")?.text == " s ")
        #expect(root.first("d")?.line == 3)
        #expect(root.first("e") == nil)
    }

    @Test(arguments: [
        ("", 1), ("<a>", 1), ("<a></b>", 1), ("<a>\n<b>\n</a>", 3), ("<a>&x;</a>", 1), ("<a/><b/>", 1), ("a", 1),
        ("<a>\u{1}</a>", 1), ("<a b='1' b='2'/>", 1), ("<a>&#0;</a>", 1),
    ])
    func refusesMalformedTexts(_ text: String, _ line: Int) {
        #expect { try read(text) } throws: { error in
            guard let mistake = error as? XMLDocument.Mistake else { return false }
            return mistake.line == line && !mistake.text.isEmpty
        }
    }

    @Test(arguments: [
        "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>", "<!DOCTYPE a SYSTEM 'http://[::1]/x'><a/>",
        "<!DOCTYPE a [<!ENTITY b 'bbbbbbbb'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;'>]><a>&c;&c;&c;</a>", "<!DOCTYPE a><a/>",
    ])
    func refusesDoctypes(_ text: String) {
        #expect(throws: XMLDocument.Mistake.self) { try read(text) }
        #expect { try read(text) } throws: { ($0 as? XMLDocument.Mistake)?.text == "a DOCTYPE is not accepted" }
    }

    @Test func boundsDepthElementsAndAttributes() throws {
        let deep = String(repeating: "<a>", count: 100) + String(repeating: "</a>", count: 100)
        _ = try read(deep)
        #expect(throws: XMLDocument.Mistake.self) { try read("<a>" + deep + "</a>") }
        let wide = "<a>" + String(repeating: "<b/>", count: 300_000) + "</a>"
        #expect { try read(wide) } throws: { ($0 as? XMLDocument.Mistake)?.text == "more than 200000 elements" }
        func tag(_ count: Int) -> String { "<a" + (0..<count).map { " a\($0)='>'" }.joined() + "/>" }
        _ = try read(tag(64))
        #expect(throws: XMLDocument.Mistake.self) { try read(tag(65)) }
        #expect(throws: XMLDocument.Mistake.self) { try read(tag(100_000)) }
        let long = "<a>" + String(repeating: "x", count: 5 << 20) + "</a>"
        #expect(throws: XMLDocument.Mistake.self) { try read(long) }
    }

    /// Each would cost a careless reader seconds; here they are refused or read in milliseconds.
    @Test func bombsAreCheap() {
        let clock = ContinuousClock()
        for bomb in [
            String(repeating: "<a>", count: 500_000), String(repeating: "<", count: 1_000_000),
            "<a " + String(repeating: "b='c' ", count: 200_000) + "/>", String(repeating: "<!--", count: 300_000),
            "<a>" + String(repeating: "<b xmlns:x='y'/>", count: 100_000) + "</a>",
            "<a>" + String(repeating: "&amp;", count: 200_000) + "</a>",
            "<a>" + String(repeating: "<![CDATA[]]>", count: 100_000) + "</a>",
        ] {
            let spent = clock.measure { _ = try? read(bomb) }
            #expect(spent < .milliseconds(500), "\(bomb.prefix(20))")
        }
    }

    @Test func everyPrefixAndEveryChangedByteIsHandled() {
        let text = Array("<?xml version='1.0'?><a b='c'><!--d--><e>&lt;ü</e><![CDATA[f]]></a>".utf8)
        for length in 0..<text.count { _ = try? XMLDocument(text[..<length]) }
        for index in text.indices {
            for byte in [0, 0x3C, 0x26, 0x80, 0xFF, 0x22] as [UInt8] {
                var changed = text
                changed[index] = byte
                _ = try? XMLDocument(changed[...])
            }
        }
    }

    private func read(_ text: String) throws -> XMLElement { try XMLDocument(Array(text.utf8)[...]).root }
}
