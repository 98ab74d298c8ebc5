// SPDX-License-Identifier: Apache-2.0

/// Reads one CBOR item by recursive descent; depth is bounded, so the stack is. A length is believed only as far as
/// there are bytes, so that memory is bounded by what was sent.
struct CBORReader {
    private let bytes: ArraySlice<UInt8>
    private let epoch: CBOR.Epoch
    private let limits: CBOR.Limits
    private var at: Int
    private var values = 0

    init(_ bytes: ArraySlice<UInt8>, epoch: CBOR.Epoch, limits: CBOR.Limits) {
        self.bytes = bytes
        self.epoch = epoch
        self.limits = limits
        self.at = bytes.startIndex
    }

    mutating func document() throws(CBOR.Mistake) -> Value {
        let value = try value(depth: 0)
        guard at == bytes.endIndex else { throw mistake("expected the end, found \(left) more bytes", at) }
        return value
    }

    /// The first byte of an item, with its argument (RFC 8949, section 3).
    private struct Head {
        let start: Int
        let major: UInt8
        /// The low five bits of the first byte.
        let form: UInt8
        /// The argument; nothing where the length is indefinite.
        let argument: UInt64

        var isIndefinite: Bool { form == 31 }
    }

    private var left: Int { bytes.endIndex - at }

    private mutating func head() throws(CBOR.Mistake) -> Head {
        let start = at
        guard at < bytes.endIndex else { throw mistake("expected a value, found the end", start) }
        let first = bytes[at]
        at += 1
        let (major, form) = (first >> 5, first & 0x1F)
        switch form {
        case 0..<24: return Head(start: start, major: major, form: form, argument: UInt64(form))
        case 24...27:
            let width = 1 << Int(form - 24)
            guard left >= width else { throw mistake("expected \(width - left) more bytes of a number", at) }
            var argument: UInt64 = 0
            for byte in bytes[at..<(at + width)] { argument = argument << 8 | UInt64(byte) }
            at += width
            return Head(start: start, major: major, form: form, argument: argument)
        case 31 where (2...5).contains(major) || major == 7:
            return Head(start: start, major: major, form: form, argument: 0)
        default: throw mistake("no item begins with 0x\(String(first, radix: 16))", start)
        }
    }

    private mutating func value(depth: Int) throws(CBOR.Mistake) -> Value {
        values += 1
        guard values <= limits.values else { throw mistake("more than \(limits.values) values", at) }
        let head = try head()
        switch head.major {
        case 0: return .integer(try integer(head, isNegative: false))
        case 1: return .integer(try integer(head, isNegative: true))
        case 2: return .blob(Blob(try string(head)))
        case 3: return .string(try text(head))
        case 4: return .list(try array(head, depth: depth + 1))
        case 5: return .structure(try map(head, depth: depth + 1))
        case 6: return try tagged(head, depth: depth + 1)
        default: return try simple(head)
        }
    }

    private func integer(_ head: Head, isNegative: Bool) throws(CBOR.Mistake) -> Int64 {
        guard let number = Int64(exactly: head.argument) else {
            throw mistake("expected an integer of 64 bits with its sign, found a greater one", head.start)
        }
        return isNegative ? -1 - number : number
    }

    /// The content of a byte string or a text, joined where it came in chunks.
    private mutating func string(_ head: Head) throws(CBOR.Mistake) -> ArraySlice<UInt8> {
        guard head.isIndefinite else { return try take(head) }
        var content: [UInt8] = []
        while try !isBreak() {
            let chunk = try self.head()
            guard chunk.major == head.major, !chunk.isIndefinite else {
                throw mistake("expected a chunk of the same string with its length", chunk.start)
            }
            values += 1
            guard values <= limits.values else { throw mistake("more than \(limits.values) values", at) }
            let bytes = try take(chunk)
            if head.major == 3 { _ = try checked(bytes, chunk.start) }
            content += bytes
        }
        return content[...]
    }

    private mutating func text(_ head: Head) throws(CBOR.Mistake) -> String {
        try checked(try string(head), head.start)
    }

    private func checked(_ content: ArraySlice<UInt8>, _ start: Int) throws(CBOR.Mistake) -> String {
        guard let text = String(validating: content, as: UTF8.self) else {
            throw mistake("a text that is not UTF-8", start)
        }
        return text
    }

    private mutating func take(_ head: Head) throws(CBOR.Mistake) -> ArraySlice<UInt8> {
        guard let count = Int(exactly: head.argument), count <= left else {
            throw mistake("expected a string of \(head.argument) bytes, found \(left)", head.start)
        }
        defer { at += count }
        return bytes[at..<(at + count)]
    }

    private mutating func array(_ head: Head, depth: Int) throws(CBOR.Mistake) -> [Value] {
        try enter(head, depth)
        var elements: [Value] = []
        if head.isIndefinite {
            while try !isBreak() { elements.append(try value(depth: depth)) }
            return elements
        }
        // Each element has a byte at least.
        let count = try count(head, least: 1)
        for _ in 0..<count { elements.append(try value(depth: depth)) }
        return elements
    }

    private mutating func map(_ head: Head, depth: Int) throws(CBOR.Mistake) -> Fields {
        try enter(head, depth)
        var fields = Fields()
        if head.isIndefinite {
            while try !isBreak() { try entry(of: &fields, depth: depth) }
            return fields
        }
        let count = try count(head, least: 2)
        for _ in 0..<count { try entry(of: &fields, depth: depth) }
        return fields
    }

    private mutating func entry(of fields: inout Fields, depth: Int) throws(CBOR.Mistake) {
        let name = try head()
        guard name.major == 3 else { throw mistake("expected a name as a text", name.start) }
        let key = try text(name)
        fields[key] = try value(depth: depth)
    }

    private func count(_ head: Head, least: Int) throws(CBOR.Mistake) -> Int {
        guard let count = Int(exactly: head.argument), count <= left / least else {
            throw mistake("expected \(head.argument) elements, found \(left) bytes", head.start)
        }
        return count
    }

    private func enter(_ head: Head, _ depth: Int) throws(CBOR.Mistake) {
        guard depth <= limits.depth else { throw mistake("nested deeper than \(limits.depth)", head.start) }
    }

    /// Whether an item of indefinite length ends here; the end is passed over.
    private mutating func isBreak() throws(CBOR.Mistake) -> Bool {
        guard at < bytes.endIndex else { throw mistake("expected the end of an item of indefinite length", at) }
        guard bytes[at] == 0xFF else { return false }
        at += 1
        return true
    }

    private mutating func tagged(_ head: Head, depth: Int) throws(CBOR.Mistake) -> Value {
        try enter(head, depth)
        let value = try value(depth: depth)
        switch head.argument {
        case 1:
            let number: Double? =
                switch value {
                case .integer(let number): Double(number)
                case .double(let number): number
                default: nil
                }
            guard let moment = number.flatMap(epoch.moment) else {
                throw mistake("expected a number of \(epoch) in tag 1", head.start)
            }
            return .timestamp(moment)
        case 2, 3:
            guard case .blob(let magnitude) = value else { throw mistake("expected bytes in a bignum", head.start) }
            let digits = magnitude.bytes.drop { $0 == 0 }
            guard digits.count <= 8 else {
                throw mistake("expected an integer of 64 bits, found one of \(digits.count * 8)", head.start)
            }
            let argument = digits.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            let plain = Head(start: head.start, major: 0, form: 27, argument: argument)
            return .integer(try integer(plain, isNegative: head.argument == 3))
        default: return value
        }
    }

    private func simple(_ head: Head) throws(CBOR.Mistake) -> Value {
        switch head.form {
        case 20: return .bool(false)
        case 21: return .bool(true)
        case 22, 23: return .null
        case 25: return .double(Self.half(UInt16(truncatingIfNeeded: head.argument)))
        case 26: return .double(Double(Float(bitPattern: UInt32(truncatingIfNeeded: head.argument))))
        case 27: return .double(Double(bitPattern: head.argument))
        case 31: throw mistake("an end without an item of indefinite length", head.start)
        default: throw mistake("no simple value has the number \(head.argument)", head.start)
        }
    }

    /// IEEE 754's binary16 (RFC 8949, appendix D).
    private static func half(_ bits: UInt16) -> Double {
        let fraction = Double(bits & 0x3FF)
        let exponent = Int(bits >> 10 & 0x1F)
        let magnitude: Double =
            switch exponent {
            case 0: fraction * 0x1p-24
            case 31: fraction == 0 ? .infinity : .nan
            default: Double(sign: .plus, exponent: exponent - 25, significand: fraction + 1024)
            }
        return bits >> 15 == 0 ? magnitude : -magnitude
    }

    private func mistake(_ message: String, _ place: Int) -> CBOR.Mistake {
        CBOR.Mistake(message: message, offset: place - bytes.startIndex)
    }
}
