// SPDX-License-Identifier: Apache-2.0

/// JSON (RFC 8259) as plain values: order of members kept, depth and size bounded, no Foundation.
///
/// What a value *means* (a blob, a timestamp) is decided later, by whoever knows the model.
public enum JSON {
    /// Bounds for a text from outside.
    public typealias Limits = DocumentBounds

    /// A text that is not JSON, or exceeds the limits.
    public typealias Mistake = DocumentMistake

    /// The value that a whole text holds.
    ///
    /// Integers that fit 64 bits become `.integer`, other numbers `.double`. Of a name given twice the last value
    /// holds.
    public static func parse(_ text: ArraySlice<UInt8>, limits: Limits = Limits()) throws(Mistake) -> Value {
        var reader = JSONReader(text, limits: limits)
        return try reader.document()
    }

    /// The value that a whole text holds.
    public static func parse(_ text: String, limits: Limits = Limits()) throws(Mistake) -> Value {
        try parse(Array(text.utf8)[...], limits: limits)
    }

    /// Appends a value's JSON, without white space. Blobs become base64, timestamps seconds (AWS's JSON protocols).
    public static func write(_ value: Value, into out: inout [UInt8]) {
        JSONWriter.write(value, into: &out)
    }

    /// Appends a text as a JSON string.
    public static func write(_ text: String, into out: inout [UInt8]) {
        JSONWriter.write(text, into: &out)
    }

    /// A value's JSON as text; `pretty` indents by two spaces.
    public static func text(_ value: Value, pretty: Bool = false) -> String {
        var out: [UInt8] = []
        if pretty {
            JSONWriter.writePretty(value, indent: 0, into: &out)
        } else {
            JSONWriter.write(value, into: &out)
        }
        return String(decoding: out, as: UTF8.self)
    }
}
