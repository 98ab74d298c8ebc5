// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// The head of an HTTP request as it came: one buffer, and where in it the parts lie. Order, repeats and case are kept.
///
/// Look-ups compare bytes and give slices of the buffer; a String is made only for what is stored or looked up. A
/// class, because it is handed through every stage and never changes.
public final class RequestHead: Sendable {
    /// Where one header field lies in `bytes`, white space around the value left out.
    public struct Field: Sendable, Hashable {
        /// The field's name.
        public var name: Range<Int>
        /// The field's value.
        public var value: Range<Int>

        /// A field whose parts lie there.
        public init(name: Range<Int>, value: Range<Int>) {
            self.name = name
            self.value = value
        }
    }

    /// The whole head, from the method to the empty line.
    public let bytes: [UInt8]
    /// The method: `GET`.
    public let methodRange: Range<Int>
    /// The request target as sent, still percent-encoded: `/bucket/key?acl`.
    public let targetRange: Range<Int>
    /// 1 for HTTP/1.1, 0 for HTTP/1.0.
    public let minorVersion: UInt8
    /// The header fields in the order sent.
    public let fields: [Field]

    /// A head whose parts lie at these places of `bytes`.
    public init(
        bytes: [UInt8], methodRange: Range<Int>, targetRange: Range<Int>, minorVersion: UInt8, fields: [Field]
    ) {
        self.bytes = bytes
        self.methodRange = methodRange
        self.targetRange = targetRange
        self.minorVersion = minorVersion
        self.fields = fields
    }

    /// The method as text.
    public var method: String { String(decoding: bytes[methodRange], as: UTF8.self) }

    /// The request target as text.
    public var target: String { String(decoding: bytes[targetRange], as: UTF8.self) }

    /// The target's path: up to the first `?`, still percent-encoded. An absolute-form target loses scheme and
    /// authority.
    public var path: ArraySlice<UInt8> {
        let target = originForm
        return target[..<(target.firstIndex(of: UInt8(ascii: "?")) ?? target.endIndex)]
    }

    /// The target's query: what follows the first `?`, still encoded; nil without one.
    public var query: ArraySlice<UInt8>? {
        let target = originForm
        guard let mark = target.firstIndex(of: UInt8(ascii: "?")) else { return nil }
        return target[(mark + 1)...]
    }

    /// The value of the first field of this name (lower case wanted), letter case aside.
    public func value(_ name: StaticString) -> ArraySlice<UInt8>? {
        name.withUTF8Buffer(valueRange).map { bytes[$0] }
    }

    private func valueRange(_ wanted: UnsafeBufferPointer<UInt8>) -> Range<Int>? {
        bytes.withUnsafeBufferPointer { bytes in
            fields.withUnsafeBufferPointer { fields in
                for field in fields where field.name.count == wanted.count {
                    if Self.equals(bytes, field.name, wanted) { return field.value }
                }
                return nil
            }
        }
    }

    /// The same as text; bytes that are not UTF-8 become replacement characters.
    public func text(_ name: StaticString) -> String? {
        value(name).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The values of all fields of this name in the order sent, letter case aside.
    public func texts(_ name: String) -> [String] {
        let wanted = Array(name.lowercased().utf8)
        return wanted.withUnsafeBufferPointer { wanted in
            bytes.withUnsafeBufferPointer { bytes in
                fields.filter { $0.name.count == wanted.count && Self.equals(bytes, $0.name, wanted) }
                    .map { String(decoding: bytes[$0.value], as: UTF8.self) }
            }
        }
    }

    /// All fields as text, in the order sent.
    public var headers: [Header] {
        fields.map {
            Header(String(decoding: bytes[$0.name], as: UTF8.self), String(decoding: bytes[$0.value], as: UTF8.self))
        }
    }

    private var originForm: ArraySlice<UInt8> {
        let target = bytes[targetRange]
        guard target.first != UInt8(ascii: "/"), let colon = target.firstIndex(of: UInt8(ascii: ":")),
            target[(colon + 1)...].starts(with: [UInt8(ascii: "/"), UInt8(ascii: "/")])
        else { return target }
        let authority = target[(colon + 3)...]
        return authority[
            (authority.firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") } ?? authority.endIndex)...]
    }

    /// Whether the bytes of a range, as long as `wanted`, are its, letter case aside.
    private static func equals(
        _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ wanted: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        ASCII.equalNames(UnsafeBufferPointer(rebasing: bytes[range]), wanted)
    }
}
