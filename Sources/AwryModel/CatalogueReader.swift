// SPDX-License-Identifier: Apache-2.0

/// Reads numbers from a catalogue's bytes; every step is checked against the end, so damaged bytes give an error.
struct CatalogueReader {
    private let bytes: UnsafeRawBufferPointer
    private(set) var at: Int
    private let end: Int

    /// A reader of `range`, which is cut to what there is.
    init(_ bytes: UnsafeRawBufferPointer, from start: Int = 0, to end: Int? = nil) {
        self.bytes = bytes
        self.end = max(0, min(end ?? bytes.count, bytes.count))
        self.at = max(0, min(start, self.end))
    }

    /// How many bytes are left.
    var left: Int { end - at }

    @inline(__always)
    mutating func byte() throws(CatalogueMistake) -> UInt8 {
        guard at < end else { throw CatalogueReader.ended }
        defer { at += 1 }
        return bytes[at]
    }

    /// LEB128, at most 64 bits.
    @inline(__always)
    mutating func varint() throws(CatalogueMistake) -> UInt64 {
        let first = try byte()
        if first < 0x80 { return UInt64(first) }
        return try longVarint(first)
    }

    private mutating func longVarint(_ first: UInt8) throws(CatalogueMistake) -> UInt64 {
        var value = UInt64(first & 0x7F)
        var shift: UInt64 = 7
        while shift < 64 {
            let next = try byte()
            value |= UInt64(next & 0x7F) << shift
            if next < 0x80 { return value }
            shift += 7
        }
        throw CatalogueMistake("a number longer than 64 bits at byte \(at)")
    }

    /// A number of things, each at least one byte long: so no more than there are bytes left.
    @inline(__always)
    mutating func count() throws(CatalogueMistake) -> Int {
        let value = try varint()
        guard value <= UInt64(left) else { throw CatalogueMistake("\(value) things in \(left) bytes at byte \(at)") }
        return Int(value)
    }

    /// An index below `bound`.
    @inline(__always)
    mutating func index(below bound: Int, _ what: StaticString) throws(CatalogueMistake) -> Int {
        let value = try varint()
        guard value < UInt64(bound) else { throw CatalogueMistake("\(what) \(value) of \(bound) at byte \(at)") }
        return Int(value)
    }

    mutating func zigzag() throws(CatalogueMistake) -> Int64 {
        let folded = try varint()
        return Int64(bitPattern: folded >> 1) ^ -Int64(bitPattern: folded & 1)
    }

    mutating func long() throws(CatalogueMistake) -> UInt64 {
        guard left >= 8 else { throw CatalogueReader.ended }
        defer { at += 8 }
        return UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self))
    }

    private static let ended = CatalogueMistake("the bytes end too early")
}
