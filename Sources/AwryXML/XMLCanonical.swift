// SPDX-License-Identifier: Apache-2.0

import CXML

/// The forms that XML signatures are made over.
public enum XMLCanonical: String, Sendable {
    /// Canonical XML 1.0, without comments.
    case inclusive = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
    /// Exclusive XML Canonicalization 1.0, without comments.
    case exclusive = "http://www.w3.org/2001/10/xml-exc-c14n#"
}

extension XMLElement {
    /// The element in its canonical form, with or without one that stands in it; nil without memory. `text` is what the
    /// document was read from, `prefixes` the name spaces that the exclusive form treats as the inclusive one does,
    /// divided by spaces.
    public func canonical(
        _ form: XMLCanonical, of text: ArraySlice<UInt8>, without inner: XMLElement? = nil, prefixes: String? = nil
    ) -> [UInt8]? {
        var count = 0
        let bytes = text.withUnsafeBufferPointer { text in
            cxml_canonical(
                text.baseAddress, text.count, Int32(clamping: index), Int32(clamping: inner?.index ?? -1),
                form == .exclusive ? 1 : 0, prefixes, &count)
        }
        guard let bytes else { return nil }
        defer { cxml_canonical_free(bytes) }
        return Array(UnsafeBufferPointer(start: bytes, count: count))
    }
}
