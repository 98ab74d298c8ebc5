// SPDX-License-Identifier: Apache-2.0

import AwryXML
import Testing

struct XMLWriterTests {
    @Test func writesElementsAttributesAndNamespaces() {
        var writer = XMLWriter()
        writer.start("ListBucketResult", namespace: "http://s3.amazonaws.com/doc/2006-03-01/")
        writer.element("Name", "b")
        writer.element("Prefix", "")
        writer.start("Grantee")
        writer.attribute("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance")
        writer.attribute("xsi:type", "CanonicalUser")
        writer.end()
        writer.start("Open")
        #expect(
            text(writer.finish()) == """
                <?xml version="1.0" encoding="UTF-8"?>
                <ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>b</Name><Prefix></Prefix>\
                <Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="CanonicalUser"/>\
                <Open/></ListBucketResult>
                """)
    }

    @Test(arguments: [
        ("a&b<c>d", "a&amp;b&lt;c&gt;d"), ("\"e\"", "&quot;e&quot;"), ("x\ry\n", "x&#13;y\n"),
        ("\u{1}\u{0}\u{1F}\u{7F}", "&#x1;&#x0;&#x1F;\u{7F}"),
        ("ü漢😀\u{FFFF}\u{FFFD}\u{FF0C}", "ü漢😀&#xFFFF;\u{FFFD}\u{FF0C}"),
    ])
    func escapes(_ raw: String, _ written: String) {
        var writer = XMLWriter(declaration: false)
        writer.element("a", raw)
        #expect(text(writer.finish()) == "<a>\(written)</a>")
    }

    @Test func leavesQuotesWhereAsked() {
        var writer = XMLWriter(declaration: false, quotes: false)
        writer.start("a")
        writer.attribute("b", "\"\n")
        writer.text("\"")
        #expect(text(writer.finish()) == "<a b=\"&quot;&#10;\">\"</a>")
    }

    @Test(arguments: [("Content-MD5", "Content-MD5"), ("a b", "a_b"), ("1", "_"), ("", "_"), ("<x>", "_x_")])
    func makesNamesValid(_ name: String, _ written: String) {
        var writer = XMLWriter(declaration: false)
        writer.start(name)
        #expect(text(writer.finish()) == "<\(written)/>")
    }

    private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
