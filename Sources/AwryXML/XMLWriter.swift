// SPDX-License-Identifier: Apache-2.0

import CXML

/// Writes one XML document into memory, by libxml2. Elements left open are closed at the end.
///
/// Texts are escaped as AWS does it: `&`, `<`, `>`, carriage returns (`&#13;`), and `"` where asked for. Characters
/// that XML 1.0 cannot hold become references such as `&#x1;`, which is what S3 puts into listings (and why SDKs ask
/// it for `encoding-type=url`). Bytes that no element's name may hold become `_`.
public struct XMLWriter: ~Copyable {
    private let writer: OpaquePointer

    /// An empty document. `declaration`: begin with `<?xml version="1.0" encoding="UTF-8"?>` and a line feed, as S3
    /// and SQS do. `quotes`: write `"` in texts as `&quot;`, as S3 and SQS do.
    public init(declaration: Bool = true, quotes: Bool = true) {
        _ = XMLWriter.ready
        guard let writer = cxml_writer_create(declaration ? 1 : 0, quotes ? 1 : 0) else {
            fatalError("no memory for an XML writer")
        }
        self.writer = writer
    }

    deinit {
        cxml_writer_free(writer)
    }

    /// Opens an element, with its name space (`xmlns`) where one is given.
    public mutating func start(_ name: String, namespace: String? = nil) {
        if let namespace {
            cxml_writer_start(writer, name, namespace)
        } else {
            cxml_writer_start(writer, name, nil)
        }
    }

    /// An attribute of the element just opened, before any text or child.
    public mutating func attribute(_ name: String, _ value: String) {
        var value = value
        value.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) {
                cxml_writer_attribute(writer, name, $0.baseAddress, $0.count)
            }
        }
    }

    /// Text in the element that is open. An empty one makes `<a></a>` of what would else be `<a/>`.
    public mutating func text(_ text: String) {
        var text = text
        text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { cxml_writer_text(writer, $0.baseAddress, $0.count) }
        }
    }

    /// Closes the element opened last.
    public mutating func end() {
        cxml_writer_end(writer)
    }

    /// An element that holds only a text.
    public mutating func element(_ name: String, _ text: String) {
        var text = text
        text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) {
                cxml_writer_element(writer, name, $0.baseAddress, $0.count)
            }
        }
    }

    /// Closes what is open and gives the document's bytes.
    public consuming func finish() -> [UInt8] {
        // Without `discard`, self may end, and its memory with it, after its last mention: before the bytes are copied.
        let writer = self.writer
        discard self
        defer { cxml_writer_free(writer) }
        var length = 0
        guard let bytes = cxml_writer_finish(writer, &length) else { fatalError("no memory for an XML document") }
        return Array(UnsafeBufferPointer(start: bytes, count: length))
    }

    /// libxml2 wants one call before threads use it.
    static let ready: Void = cxml_initialize()
}
