// SPDX-License-Identifier: Apache-2.0

import AwryWire
import AwryXML

/// XML documents, as trees and as S3's inputs.
enum XMLTarget: FuzzTarget {
    static let name = "xml"
    static let dictionary = [
        "<", ">", "</", "/>", "<a>", "</a>", "&amp;", "&#0;", "&#x10FFFF;", "&b;", "<!--", "-->", "<![CDATA[", "]]>",
        "<?xml version='1.0' encoding='UTF-16'?>", "<!DOCTYPE a [<!ENTITY b 'c'>]>", " xmlns:x='y'", " x:b='c'", "'",
        "<Key>", "<Object>", "<Quiet>true</Quiet>", "<Grantee xsi:type='Group'>", "\u{0}", "ü",
    ]

    static let calls = WireCalls.of(
        [
            ("s3", "DeleteObjects"), ("s3", "PutBucketAcl"), ("s3", "PutBucketLifecycleConfiguration"),
            ("route53", "ChangeResourceRecordSets"),
        ], .restXML)

    static func run(_ bytes: [UInt8]) throws(Violation) -> UInt64 {
        var seen = ""
        do {
            let document = try XMLDocument(bytes[...])
            var size = 0
            seen = try describe(document.root, depth: 0, size: &size)
            // What was read can be written, and reads the same.
            var writer = XMLWriter()
            write(document.root, into: &writer)
            let again = writer.finish()
            guard let copy = try? XMLDocument(again[...], limits: .init(bytes: 64 << 20)) else {
                throw Violation("what was written cannot be read: \(String(decoding: again, as: UTF8.self))")
            }
            var copied = 0
            if try describe(copy.root, depth: 0, size: &copied) != seen || copied != size {
                throw Violation("what was written reads otherwise: \(String(decoding: again, as: UTF8.self))")
            }
        } catch let mistake as XMLDocument.Mistake {
            seen = String(mistake.text.prefix(24))
        } catch let violation as Violation {
            throw violation
        } catch {
            throw Violation("\(error)")
        }
        for call in calls { seen += " " + WireCalls.kind(call, bytes) }
        return kind(seen)
    }

    private static func describe(_ element: XMLElement, depth: Int, size: inout Int) throws(Violation) -> String {
        if depth > 100 { throw Violation("deeper than allowed") }
        size += element.textBytes.count
        var text = depth < 4 ? String(element.name.prefix(8)) : ""
        for child in element.children { text += "(" + (try describe(child, depth: depth + 1, size: &size)) + ")" }
        return text
    }

    private static func write(_ element: XMLElement, into writer: inout XMLWriter) {
        writer.start(element.name)
        if element.hasChildren {
            for child in element.children { write(child, into: &writer) }
        } else {
            writer.text(element.text)
        }
        writer.end()
    }
}
