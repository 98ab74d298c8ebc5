// SPDX-License-Identifier: Apache-2.0

/// Writes CBOR items (RFC 8949), each in one form only: definite lengths, the shortest arguments (section 4.2.1).
public struct CBORWriter: Sendable {
    /// What the number in tag 1 counts.
    public let epoch: CBOR.Epoch

    /// A writer that dates so.
    public init(epoch: CBOR.Epoch) {
        self.epoch = epoch
    }

    /// The first byte of an item and the argument after it.
    private static func head(_ major: UInt8, _ argument: UInt64, into out: inout [UInt8]) {
        let (form, width): (UInt8, Int) =
            switch argument {
            case 0..<24: (UInt8(argument), 0)
            case 24...0xFF: (24, 1)
            case 0x100...0xFFFF: (25, 2)
            case 0x1_0000...0xFFFF_FFFF: (26, 4)
            default: (27, 8)
            }
        out.append(major << 5 | form)
        append(argument, width, to: &out)
    }

    private static func append(_ number: UInt64, _ width: Int, to out: inout [UInt8]) {
        for index in 0..<width { out.append(UInt8(truncatingIfNeeded: number >> UInt64(8 * (width - 1 - index)))) }
    }

    /// The beginning of a map of so many entries; a name and a value follow for each.
    public func mapHead(_ count: Int, into out: inout [UInt8]) {
        Self.head(5, UInt64(count), into: &out)
    }

    /// The beginning of an array of so many elements, which follow.
    public func arrayHead(_ count: Int, into out: inout [UInt8]) {
        Self.head(4, UInt64(count), into: &out)
    }

    /// Null.
    public func null(into out: inout [UInt8]) {
        out.append(0xF6)
    }

    /// A truth value.
    public func flag(_ flag: Bool, into out: inout [UInt8]) {
        out.append(flag ? 0xF5 : 0xF4)
    }

    /// An integer.
    public func integer(_ number: Int64, into out: inout [UInt8]) {
        // -1 - n, without the overflow that the least number would make.
        Self.head(number < 0 ? 1 : 0, UInt64(bitPattern: number < 0 ? ~number : number), into: &out)
    }

    /// A number in 64 bits; every not-a-number is the same one.
    public func double(_ number: Double, into out: inout [UInt8]) {
        out.append(0xFB)
        Self.append((number.isNaN ? Double.nan : number).bitPattern, 8, to: &out)
    }

    /// A number in 32 bits where they hold it all, else in 64: a rule's 0.1 comes out as 0.1.
    public func float(_ number: Double, into out: inout [UInt8]) {
        let short = Float(number)
        guard number.isNaN || Double(short) == number else { return double(number, into: &out) }
        out.append(0xFA)
        Self.append(UInt64((number.isNaN ? Float.nan : short).bitPattern), 4, to: &out)
    }

    /// A text.
    public func text(_ text: String, into out: inout [UInt8]) {
        var text = text
        text.withUTF8 { bytes in
            Self.head(3, UInt64(bytes.count), into: &out)
            out.append(contentsOf: bytes)
        }
    }

    /// A byte string.
    public func bytes(_ bytes: ArraySlice<UInt8>, into out: inout [UInt8]) {
        Self.head(2, UInt64(bytes.count), into: &out)
        out.append(contentsOf: bytes)
    }

    /// A moment in tag 1: an integer, or a number with a fraction where seconds need one.
    public func moment(_ moment: Timestamp, into out: inout [UInt8]) {
        Self.head(6, 1, into: &out)
        switch epoch {
        case .milliseconds: integer(moment.milliseconds, into: &out)
        case .seconds where moment.milliseconds % 1000 == 0: integer(moment.milliseconds / 1000, into: &out)
        case .seconds: double(Double(moment.milliseconds) / 1000, into: &out)
        }
    }

    /// A value as it is.
    public func write(_ value: Value, into out: inout [UInt8]) {
        switch value {
        case .null: null(into: &out)
        case .bool(let flag): self.flag(flag, into: &out)
        case .integer(let number): integer(number, into: &out)
        case .double(let number): double(number, into: &out)
        case .string(let text): self.text(text, into: &out)
        case .blob(let blob): bytes(blob.bytes, into: &out)
        case .timestamp(let moment): self.moment(moment, into: &out)
        case .list(let elements):
            arrayHead(elements.count, into: &out)
            for element in elements { write(element, into: &out) }
        case .structure(let fields):
            mapHead(fields.count, into: &out)
            for (name, value) in fields {
                text(name, into: &out)
                write(value, into: &out)
            }
        }
    }
}
