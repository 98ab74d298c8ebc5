// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

/// A header of an event: a name and a value of one of ten types (Smithy, "Amazon event stream specification").
public struct EventHeader: Sendable, Hashable {
    /// The name: `:event-type`, or that of a member.
    public var name: String
    /// What it says.
    public var content: Content

    /// The ten types; their raw bytes on the wire are their positions here, with a byte each for true and false.
    public enum Content: Sendable, Hashable {
        case bool(Bool)
        case byte(Int8)
        case short(Int16)
        case integer(Int32)
        case long(Int64)
        case bytes(Blob)
        case string(String)
        /// Milliseconds since 1970.
        case timestamp(Timestamp)
        /// Sixteen bytes.
        case uuid(Blob)
    }

    /// A header of this name and content.
    public init(_ name: String, _ content: Content) {
        self.name = name
        self.content = content
    }

    /// A header that holds a text.
    public init(_ name: String, _ text: String) {
        self.init(name, .string(text))
    }

    /// The longest name, and the longest text or bytes, that a header can hold.
    static let longestName = 255
    static let longestContent = 65_535
}

extension EventHeader.Content {
    /// The content for a value of ours, in the type that the member's shape has in headers.
    init(_ value: Value, _ shape: Shape) throws(ShapeMismatch) {
        switch shape.kind {
        case .boolean: self = .bool(try Scalars.flag(value))
        case .integer:
            let number = try Scalars.integer(value)
            guard let number = Int32(exactly: number) else {
                throw ShapeMismatch("expected an integer of 32 bits, found \(number)")
            }
            self = .integer(number)
        case .long: self = .long(try Scalars.integer(value))
        case .timestamp: self = .timestamp(try Scalars.moment(value))
        case .blob: self = .bytes(Blob(try Self.short(Scalars.bytes(value))))
        case .string:
            let text = try Scalars.text(value)
            _ = try Self.short(text.utf8)
            self = .string(text)
        case .float, .double, .structure, .list, .map:
            throw ShapeMismatch("\(shape.name) cannot stand in an event's header")
        }
    }

    private static func short<Bytes: Collection>(_ bytes: Bytes) throws(ShapeMismatch) -> Bytes {
        guard bytes.count <= EventHeader.longestContent else {
            throw ShapeMismatch("an event's header holds at most 65535 bytes, found \(bytes.count)")
        }
        return bytes
    }

    /// As a value of ours.
    var value: Value {
        switch self {
        case .bool(let flag): .bool(flag)
        case .byte(let number): .integer(Int64(number))
        case .short(let number): .integer(Int64(number))
        case .integer(let number): .integer(Int64(number))
        case .long(let number): .integer(number)
        case .bytes(let blob), .uuid(let blob): .blob(blob)
        case .string(let text): .string(text)
        case .timestamp(let moment): .timestamp(moment)
        }
    }
}

extension EventHeader {
    /// Appends the header as it stands in a message. What is too long for its length is cut.
    func write(into out: inout [UInt8]) {
        let name = name.utf8.prefix(Self.longestName)
        out.append(UInt8(name.count))
        out.append(contentsOf: name)
        switch content {
        case .bool(let flag): out.append(flag ? 0 : 1)
        case .byte(let number): out += [2, UInt8(bitPattern: number)]
        case .short(let number): BigEndian.append(UInt16(bitPattern: number), type: 3, to: &out)
        case .integer(let number): BigEndian.append(UInt32(bitPattern: number), type: 4, to: &out)
        case .long(let number): BigEndian.append(UInt64(bitPattern: number), type: 5, to: &out)
        case .bytes(let blob): Self.append(blob.bytes.prefix(Self.longestContent), type: 6, to: &out)
        case .string(let text): Self.append(text.utf8.prefix(Self.longestContent), type: 7, to: &out)
        case .timestamp(let moment): BigEndian.append(UInt64(bitPattern: moment.milliseconds), type: 8, to: &out)
        case .uuid(let blob):
            out.append(9)
            out.append(contentsOf: blob.bytes.prefix(16))
        }
    }

    private static func append(_ bytes: some Collection<UInt8>, type: UInt8, to out: inout [UInt8]) {
        BigEndian.append(UInt16(bytes.count), type: type, to: &out)
        out.append(contentsOf: bytes)
    }
}

/// Numbers as event streams write them.
enum BigEndian {
    static func append<Number: FixedWidthInteger>(_ number: Number, to out: inout [UInt8]) {
        for shift in stride(from: Number.bitWidth - 8, through: 0, by: -8) {
            out.append(UInt8(truncatingIfNeeded: number >> Number(shift)))
        }
    }

    /// The byte that names a header's type, and the number.
    static func append<Number: FixedWidthInteger>(_ number: Number, type: UInt8, to out: inout [UInt8]) {
        out.append(type)
        append(number, to: &out)
    }

    /// The number that such bytes are.
    static func number<Number: FixedWidthInteger>(_ bytes: ArraySlice<UInt8>) -> Number {
        bytes.reduce(0) { $0 << 8 | Number(truncatingIfNeeded: $1) }
    }
}
