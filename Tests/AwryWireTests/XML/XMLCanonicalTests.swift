// SPDX-License-Identifier: Apache-2.0

import AwryXML
import Testing

/// The forms that signatures are made over, by hand from "Exclusive XML Canonicalization" and "Canonical XML".
struct XMLCanonicalTests {
    private static let text = Array(
        """
        <?xml version="1.0"?><a xmlns:x="urn:x" xmlns:y="urn:y"><y:b z='1' a = "&lt;2"><!-- c --><c/>&#x0D;</y:b> </a>
        """.utf8)

    private func canonical(
        _ form: XMLCanonical, without: Bool = false, prefixes: String? = nil
    ) throws -> String {
        let inner = try #require(try XMLDocument(Self.text[...]).root.first("b"))
        let hole = without ? inner.first("c") : nil
        let bytes = try #require(inner.canonical(form, of: Self.text[...], without: hole, prefixes: prefixes))
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func exclusiveNamesWhatItUses() throws {
        #expect(try canonical(.exclusive) == "<y:b xmlns:y=\"urn:y\" a=\"&lt;2\" z=\"1\"><c></c>&#xD;</y:b>")
    }

    @Test func inclusiveNamesWhatIsInScope() throws {
        #expect(
            try canonical(.inclusive)
                == "<y:b xmlns:x=\"urn:x\" xmlns:y=\"urn:y\" a=\"&lt;2\" z=\"1\"><c></c>&#xD;</y:b>")
        #expect(try canonical(.exclusive, prefixes: "x  #default") == canonical(.inclusive))
    }

    @Test func whatIsLeftOutLeavesNothing() throws {
        #expect(try canonical(.exclusive, without: true) == "<y:b xmlns:y=\"urn:y\" a=\"&lt;2\" z=\"1\">&#xD;</y:b>")
    }

    @Test func theWholeDocumentIsItsRoot() throws {
        let root = try XMLDocument(Self.text[...]).root
        let bytes = try #require(root.canonical(.exclusive, of: Self.text[...]))
        #expect(bytes.starts(with: Array("<a><y:b xmlns:y=\"urn:y\" ".utf8)))
    }
}
