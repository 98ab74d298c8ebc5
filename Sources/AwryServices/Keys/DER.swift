// SPDX-License-Identifier: Apache-2.0

/// The few forms of ASN.1's distinguished encoding (X.690) that certificates and keys are made of.
struct DER: Sendable {
    /// The identifier octet: 0x30 a sequence, 0x02 an integer, 0x03 a bit string.
    let tag: UInt8
    /// The contents.
    let content: ArraySlice<UInt8>
    /// The whole, identifier and length included.
    let whole: ArraySlice<UInt8>

    /// The value that begins these bytes; nil where none does. `rest` is what follows it.
    static func first(in bytes: ArraySlice<UInt8>, rest: inout ArraySlice<UInt8>) -> DER? {
        var at = bytes.startIndex
        func next() -> UInt8? {
            guard at < bytes.endIndex else { return nil }
            defer { at += 1 }
            return bytes[at]
        }
        guard let tag = next(), let first = next() else { return nil }
        var length = Int(first)
        if first >= 0x80 {
            let count = Int(first & 0x7F)
            guard (1...4).contains(count) else { return nil }
            length = 0
            for _ in 0..<count {
                guard let byte = next() else { return nil }
                length = length << 8 | Int(byte)
            }
        }
        guard length <= bytes.endIndex - at else { return nil }
        let end = at + length
        rest = bytes[end...]
        return DER(tag: tag, content: bytes[at..<end], whole: bytes[bytes.startIndex..<end])
    }

    /// The one value that these bytes are; nil where they are not.
    static func only(_ bytes: [UInt8]) -> DER? {
        var rest: ArraySlice<UInt8> = []
        let value = first(in: bytes[...], rest: &rest)
        return rest.isEmpty ? value : nil
    }

    /// The values inside a sequence, a set or an explicit tag; nil where they are not whole.
    var elements: [DER]? {
        var elements: [DER] = []
        var rest = content
        while !rest.isEmpty {
            var after: ArraySlice<UInt8> = []
            guard let element = DER.first(in: rest, rest: &after) else { return nil }
            elements.append(element)
            rest = after
        }
        return elements
    }

    /// A positive integer's bytes without the zero that keeps it positive.
    var magnitude: ArraySlice<UInt8> { content.first == 0 ? content.dropFirst() : content }

    /// The encoding of a value.
    static func encode(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        if content.count < 0x80 { return [tag, UInt8(content.count)] + content }
        var length: [UInt8] = []
        var left = content.count
        while left > 0 {
            length.insert(UInt8(left & 0xFF), at: 0)
            left >>= 8
        }
        return [tag, 0x80 | UInt8(length.count)] + length + content
    }

    /// The encoding of a positive integer of these bytes.
    static func integer(_ magnitude: some Collection<UInt8>) -> [UInt8] {
        let bytes = Array(magnitude.drop { $0 == 0 })
        return encode(0x02, bytes.first.map { $0 >= 0x80 } ?? true ? [0] + bytes : bytes)
    }
}
