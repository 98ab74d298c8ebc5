// SPDX-License-Identifier: Apache-2.0

import CXML

/// An XML document that has been read. Name spaces are dropped: AWS's own front ends do not insist on them.
public final class XMLDocument: Sendable {
    let bytes: [UInt8]
    let nodes: [cxml_node]
    let attributes: [cxml_attribute]

    /// What a document may have at most; beyond it, it is refused.
    public struct Limits: Sendable, Hashable {
        /// Bytes of the text, and of the names and texts read from it.
        public var bytes: Int
        /// Elements.
        public var nodes: Int
        /// Elements inside one another; never more than 200.
        public var depth: Int
        /// Attributes of all elements together; one tag may have 64.
        public var attributes: Int

        /// Limits; 4 MiB (S3 reads no more than that of any document), 200,000 elements, 100 deep, unless given.
        public init(bytes: Int = 4 << 20, nodes: Int = 200_000, depth: Int = 100, attributes: Int = 50_000) {
            self.bytes = bytes
            self.nodes = nodes
            self.depth = depth
            self.attributes = attributes
        }
    }

    /// Why a text is not accepted, and where.
    public struct Mistake: Error, Sendable, Hashable {
        /// What is wrong, in a few words.
        public let text: String
        /// The line, from 1; 0 where it concerns the document as a whole.
        public let line: Int
        /// The column in bytes, from 1; 0 where it is not known.
        public let column: Int
    }

    /// Reads a document as UTF-8. A DOCTYPE, and whatever exceeds `limits`, is refused.
    public init(_ text: ArraySlice<UInt8>, limits: Limits = Limits()) throws(Mistake) {
        _ = XMLWriter.ready
        var document = cxml_document()
        let bounds = cxml_limits(
            bytes: limits.bytes, nodes: limits.nodes, depth: limits.depth, attributes: limits.attributes)
        text.withUnsafeBufferPointer { cxml_read($0.baseAddress, $0.count, bounds, &document) }
        defer { cxml_document_free(&document) }
        if document.mistake != 0 { throw Self.mistake(document, limits) }
        bytes = Array(UnsafeBufferPointer(start: document.bytes, count: document.byte_count))
        nodes = Array(UnsafeBufferPointer(start: document.nodes, count: document.node_count))
        attributes = Array(UnsafeBufferPointer(start: document.attributes, count: document.attribute_count))
    }

    /// The root element. A document that was read has one.
    public var root: XMLElement { XMLElement(document: self, index: 0) }

    func text(_ offset: Int32, _ length: Int32) -> ArraySlice<UInt8> {
        bytes[Int(offset)..<Int(offset) + Int(length)]
    }

    private static func mistake(_ document: cxml_document, _ limits: Limits) -> Mistake {
        let line = Int(document.line)
        let column = Int(document.column)
        func said(_ text: String) -> Mistake { Mistake(text: text, line: line, column: column) }
        switch Int(document.mistake) {
        case CXML_DOCTYPE: return said("a DOCTYPE is not accepted")
        case CXML_TOO_DEEP: return said("nested deeper than \(min(limits.depth, 200))")
        case CXML_TOO_MANY_NODES: return said("more than \(limits.nodes) elements")
        case CXML_TOO_LONG: return said("longer than \(limits.bytes) bytes")
        case CXML_TOO_MANY_ATTRIBUTES: return said("too many attributes or name spaces")
        case CXML_NO_MEMORY: return said("not enough memory")
        default:
            let words = withUnsafeBytes(of: document.message) { message in
                String(decoding: message.prefix { $0 != 0 }, as: UTF8.self)
            }
            return said(words.isEmpty ? "not well-formed" : words)
        }
    }
}

/// One element of a document.
public struct XMLElement: Sendable {
    let document: XMLDocument
    let index: Int

    private var node: cxml_node { document.nodes[index] }

    /// The name without prefix, as UTF-8.
    public var nameBytes: ArraySlice<UInt8> { document.text(node.name, node.name_length) }

    /// The name without prefix.
    public var name: String { String(decoding: nameBytes, as: UTF8.self) }

    /// The text of an element without child elements, as UTF-8; empty for others.
    public var textBytes: ArraySlice<UInt8> { document.text(node.text, node.text_length) }

    /// The text of an element without child elements; empty for others.
    public var text: String { String(decoding: textBytes, as: UTF8.self) }

    /// The line on which its start tag ends, from 1.
    public var line: Int { Int(node.line) }

    /// Whether it has child elements.
    public var hasChildren: Bool { node.first_child >= 0 }

    /// The child elements, in order.
    public var children: Children { Children(document: document, upcoming: Int(node.first_child)) }

    /// Whether its name without prefix is this.
    public func isNamed(_ name: String) -> Bool { nameBytes.elementsEqual(name.utf8) }

    /// The first child of this name.
    public func first(_ name: String) -> XMLElement? { children.first { $0.isNamed(name) } }

    /// The value of the attribute of this name, prefixes aside on both sides (`xsi:type` is `type`).
    public func attribute(_ name: String) -> String? {
        let local = name.utf8.lastIndex(of: UInt8(ascii: ":")).map { name.utf8[name.utf8.index(after: $0)...] }
        let wanted = local ?? name.utf8[...]
        let first = Int(node.first_attribute)
        for attribute in document.attributes[first..<first + Int(node.attribute_count)]
        where document.text(attribute.name, attribute.name_length).elementsEqual(wanted) {
            return String(decoding: document.text(attribute.value, attribute.value_length), as: UTF8.self)
        }
        return nil
    }

    /// Walks child elements.
    public struct Children: Sequence, IteratorProtocol, Sendable {
        let document: XMLDocument
        var upcoming: Int

        /// The next child.
        public mutating func next() -> XMLElement? {
            guard upcoming >= 0 else { return nil }
            defer { upcoming = Int(document.nodes[upcoming].next_sibling) }
            return XMLElement(document: document, index: upcoming)
        }
    }
}
