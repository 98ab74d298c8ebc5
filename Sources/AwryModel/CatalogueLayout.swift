// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// The parts of a catalogue's file, as its header places them: checked once, so that look-ups need only small checks.
struct CatalogueLayout: Sendable {
    let serviceCount: Int
    let stringCount: Int
    let stringOffsets: Int
    let stringBytes: Int
    let directory: Int
    let targetIndex: Int
    let signingIndex: Int
    let endpointIndex: Int
    let blobs: Int
    let length: Int
    /// The number of the text that is botocore's version.
    let botocoreVersion: Int

    private typealias Header = CatalogueFormat.Header

    /// Reads the header.
    init(_ bytes: UnsafeRawBufferPointer) throws(CatalogueMistake) {
        guard bytes.count >= CatalogueFormat.headerSize, bytes.prefix(8).elementsEqual(CatalogueFormat.magic) else {
            throw CatalogueMistake("not a catalogue: it does not begin with AWRYCATL")
        }
        let version = CatalogueLayout.word(bytes, Header.version)
        guard version == CatalogueFormat.version else {
            throw CatalogueMistake("format version \(version), expected \(CatalogueFormat.version)")
        }
        serviceCount = CatalogueLayout.word(bytes, Header.serviceCount)
        stringCount = CatalogueLayout.word(bytes, Header.stringCount)
        stringOffsets = CatalogueLayout.word(bytes, Header.stringOffsets)
        stringBytes = CatalogueLayout.word(bytes, Header.stringBytes)
        directory = CatalogueLayout.word(bytes, Header.directory)
        targetIndex = CatalogueLayout.word(bytes, Header.targetIndex)
        signingIndex = CatalogueLayout.word(bytes, Header.signingIndex)
        endpointIndex = CatalogueLayout.word(bytes, Header.endpointIndex)
        blobs = CatalogueLayout.word(bytes, Header.blobs)
        length = CatalogueLayout.word(bytes, Header.length)
        botocoreVersion = CatalogueLayout.word(bytes, Header.botocoreVersion)
        // All are 32 bits wide, so none of these sums overflows.
        guard length == bytes.count, blobs <= length, stringBytes <= blobs,
            stringOffsets + (stringCount + 1) * 4 <= stringBytes,
            directory + serviceCount * CatalogueFormat.directoryRecordSize <= length
        else { throw CatalogueMistake("the header places parts outside the \(bytes.count) bytes") }
    }

    /// The four bytes at `offset`, which must lie in the bytes.
    @inline(__always)
    static func word(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> Int {
        Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
    }

    /// The bytes of text number `id`.
    @inline(__always)
    func text(_ id: Int, _ bytes: UnsafeRawBufferPointer) throws(CatalogueMistake) -> UnsafeRawBufferPointer {
        guard id < stringCount else { throw CatalogueMistake("text \(id) of \(stringCount)") }
        let start = stringBytes + CatalogueLayout.word(bytes, stringOffsets + id * 4)
        let end = stringBytes + CatalogueLayout.word(bytes, stringOffsets + id * 4 + 4)
        guard start <= end, end <= blobs else { throw CatalogueMistake("text \(id) lies outside the texts") }
        return UnsafeRawBufferPointer(rebasing: bytes[start..<end])
    }

    /// Text number `id`; bytes that are not UTF-8 are repaired, since a look-up must not fail for them.
    @inline(__always)
    func string(_ id: Int, _ bytes: UnsafeRawBufferPointer) throws(CatalogueMistake) -> String {
        String(decoding: try text(id, bytes), as: UTF8.self)
    }

    /// A service's record in the directory.
    struct Entry {
        let name: Int
        let blob: Range<Int>
        let operationCount: Int
    }

    /// The directory's record of service number `index`, which must exist.
    func entry(_ index: Int, _ bytes: UnsafeRawBufferPointer) throws(CatalogueMistake) -> Entry {
        let at = directory + index * CatalogueFormat.directoryRecordSize
        let start = blobs + CatalogueLayout.word(bytes, at + 4)
        let end = start + CatalogueLayout.word(bytes, at + 8)
        guard end <= length else { throw CatalogueMistake("service \(index) lies outside the bytes") }
        return Entry(
            name: CatalogueLayout.word(bytes, at), blob: start..<end,
            operationCount: CatalogueLayout.word(bytes, at + 12))
    }

    /// Where the numbers of the services stand that the index at `place` gives for a text; `service` reads them.
    func lookUp(
        _ text: UnsafeRawBufferPointer, in place: Int, _ bytes: UnsafeRawBufferPointer
    ) throws(CatalogueMistake) -> StrideTo<Int> {
        let size = CatalogueFormat.indexRecordSize
        guard place + 4 <= length else { throw CatalogueMistake("an index lies outside the bytes") }
        let count = CatalogueLayout.word(bytes, place)
        let records = place + 4
        let numbers = records + count * size
        guard numbers <= length else { throw CatalogueMistake("an index lies outside the bytes") }
        let hash = Chance.hash(text)
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            let found = UInt64(
                littleEndian: bytes.loadUnaligned(fromByteOffset: records + middle * size, as: UInt64.self))
            if found < hash { low = middle + 1 } else { high = middle }
        }
        // Texts of one hash stand side by side; the text itself decides.
        while low < count {
            let at = records + low * size
            guard bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self) == hash.littleEndian else { break }
            if try self.text(CatalogueLayout.word(bytes, at + 8), bytes).elementsEqual(text) {
                let first = numbers + CatalogueLayout.word(bytes, at + 12) * 4
                let matches = CatalogueLayout.word(bytes, at + 16)
                guard first + matches * 4 <= length else { throw CatalogueMistake("an index lies outside the bytes") }
                return stride(from: first, to: first + matches * 4, by: 4)
            }
            low += 1
        }
        return stride(from: 0, to: 0, by: 4)
    }

    /// The number of a service at a place that `lookUp` gave.
    func service(_ place: Int, _ bytes: UnsafeRawBufferPointer) throws(CatalogueMistake) -> Int {
        let number = CatalogueLayout.word(bytes, place)
        guard number < serviceCount else {
            throw CatalogueMistake("an index names service \(number) of \(serviceCount)")
        }
        return number
    }
}
