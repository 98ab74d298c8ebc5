// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Testing

/// CBOR's examples are those of RFC 8949, appendix A; what is refused is from its appendix F and from our own bounds.
struct CBORTests {
    /// Bytes from hexadecimal digits.
    static func bytes(_ text: String) -> ArraySlice<UInt8> {
        let digits = text.compactMap { $0.hexDigitValue.map(UInt8.init) }
        return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }[...]
    }

    static func written(_ value: Value, _ epoch: CBOR.Epoch = .seconds) -> [UInt8] {
        var out: [UInt8] = []
        CBOR.write(value, epoch: epoch, into: &out)
        return out
    }

    private func mistake(_ text: String, _ limits: CBOR.Limits = .init()) -> String? {
        do {
            let value = try CBOR.parse(Self.bytes(text), limits: limits)
            return "read as \(value)"
        } catch {
            return "\(error.offset): \(error.message)"
        }
    }

    static let both: [(String, Value)] = [
        ("00", 0),
        ("17", 23),
        ("1818", 24),
        ("18ff", 255),
        ("190100", 256),
        ("1903e8", 1000),
        ("1a000f4240", 1_000_000),
        ("1affffffff", 4_294_967_295), ("1b0000000100000000", 4_294_967_296),
        ("1b7fffffffffffffff", .integer(.max)), ("20", -1), ("37", -24), ("3818", -25), ("3903e7", -1000),
        ("3b7fffffffffffffff", .integer(.min)), ("fb3ff199999999999a", .double(1.1)),
        ("fbc010666666666666", .double(-4.1)), ("fb7ff0000000000000", .double(.infinity)),
        ("f4", .bool(false)), ("f5", .bool(true)), ("f6", .null),
        ("c11a514b67b0", .timestamp(Timestamp(seconds: 1_363_896_240))),
        ("c1fb41d452d9ec200000", .timestamp(Timestamp(milliseconds: 1_363_896_240_500))),
        ("40", .blob(Blob([]))), ("4401020304", .blob(Blob([1, 2, 3, 4]))),
        ("60", ""), ("6449455446", "IETF"), ("62c3bc", "ü"), ("64f0908591", "\u{10151}"),
        ("80", .list([])),
        ("83010203", .list([1, 2, 3])),
        ("8301820203820405", .list([1, .list([2, 3]), .list([4, 5])])),
        ("a0", .structure([:])), ("a26161016162820203", .structure(["a": 1, "b": .list([2, 3])])),
    ]

    @Test(arguments: both)
    func readsAndWrites(_ hex: String, _ value: Value) throws {
        #expect(try CBOR.parse(Self.bytes(hex)) == value)
        #expect(Self.written(value) == Array(Self.bytes(hex)))
    }

    private static let others: [(String, Value)] = [
        ("f90000", .double(0)), ("f98000", .double(-0.0)), ("f93c00", .double(1)), ("f93e00", .double(1.5)),
        ("f97bff", .double(65_504)), ("f90001", .double(5.960464477539063e-8)),
        ("f90400", .double(0.00006103515625)), ("f9c400", .double(-4)), ("f97c00", .double(.infinity)),
        ("f9fc00", .double(-.infinity)),
        ("fa47c35000", .double(100_000)),
        ("fa7f7fffff", .double(3.4028234663852886e38)),
        ("f7", .null), ("1b0000000000000001", 1),
        ("5f42010243030405ff", .blob(Blob([1, 2, 3, 4, 5]))), ("7f657374726561646d696e67ff", "streaming"),
        ("5fff", .blob(Blob([]))),
        ("9fff", .list([])),
        ("9f018202039f0405ffff", .list([1, .list([2, 3]), .list([4, 5])])),
        ("bf61610161629f0203ffff", .structure(["a": 1, "b": .list([2, 3])])),
        ("a2616101616102", .structure(["a": 2])), ("bf7f6161ff01ff", .structure(["a": 1])),
        ("d74401020304", .blob(Blob([1, 2, 3, 4]))), ("d9d9f700", 0), ("c2430f4240", 1_000_000),
        ("c34a00007fffffffffffffff", .integer(.min)), ("c240", 0),
    ]

    @Test(arguments: others)
    func reads(_ hex: String, _ value: Value) throws {
        let read = try CBOR.parse(Self.bytes(hex))
        #expect(read == value)
        if case (.double(let read), .double(let value)) = (read, value) { #expect(read.sign == value.sign) }
    }

    @Test(arguments: ["f97e00", "fa7fc00000", "fbfff8000000000001"])
    func everyNotANumberIsTheSame(_ hex: String) throws {
        #expect(Self.written(try CBOR.parse(Self.bytes(hex))) == Array(Self.bytes("fb7ff8000000000000")))
    }

    @Test(arguments: [
        ("", "0: expected a value, found the end"), ("0000", "1: expected the end, found 1 more bytes"),
        ("18", "1: expected 1 more bytes of a number"),
        ("1b00000000000000", "1: expected 1 more bytes of a number"),
        ("1c", "0: no item begins with 0x1c"), ("1f", "0: no item begins with 0x1f"),
        ("df00", "0: no item begins with 0xdf"), ("fc", "0: no item begins with 0xfc"),
        ("4401", "0: expected a string of 4 bytes, found 1"),
        ("5b7fffffffffffffff", "0: expected a string of 9223372036854775807 bytes, found 0"),
        ("7bffffffffffffffff", "0: expected a string of 18446744073709551615 bytes, found 0"),
        ("9b1000000000000000", "0: expected 1152921504606846976 elements, found 0 bytes"),
        ("bbffffffffffffffff", "0: expected 18446744073709551615 elements, found 0 bytes"),
        ("a2616101", "0: expected 2 elements, found 3 bytes"),
        ("8101ff", "2: expected the end, found 1 more bytes"),
        ("82ff00", "1: an end without an item of indefinite length"),
        ("ff", "0: an end without an item of indefinite length"),
        ("9f01", "2: expected the end of an item of indefinite length"),
        ("bf6161", "3: expected a value, found the end"),
        ("bf6161ff", "3: an end without an item of indefinite length"),
        ("a10101", "1: expected a name as a text"), ("a1f601", "1: expected a name as a text"),
        ("5f6161ff", "1: expected a chunk of the same string with its length"),
        ("5f5f4101ffff", "1: expected a chunk of the same string with its length"),
        ("61ff", "0: a text that is not UTF-8"), ("7f61c361bcff", "1: a text that is not UTF-8"),
        ("62eda0", "0: a text that is not UTF-8"), ("f820", "0: no simple value has the number 32"),
        ("e0", "0: no simple value has the number 0"),
        ("1b8000000000000000", "0: expected an integer of 64 bits with its sign, found a greater one"),
        ("3b8000000000000000", "0: expected an integer of 64 bits with its sign, found a greater one"),
        ("c249010000000000000000", "0: expected an integer of 64 bits, found one of 72"),
        ("c26101", "0: expected bytes in a bignum"), ("c16161", "0: expected a number of seconds in tag 1"),
        ("c1fb7ff8000000000000", "0: expected a number of seconds in tag 1"),
        ("c11b7fffffffffffffff", "0: expected a number of seconds in tag 1"),
        ("c1", "1: expected a value, found the end"),
    ])
    func refuses(_ hex: String, _ words: String) {
        #expect(mistake(hex) == words)
    }

    @Test(arguments: ["81", "9f", "a16161", "bf6161", "c6"])
    func boundsTheDepth(_ opening: String) {
        let deep = String(repeating: opening, count: 200_000)
        #expect(mistake(deep)?.contains("nested deeper than 128") == true || opening == "a16161")
        let third = String(repeating: opening, count: 3) + "01"
        #expect(mistake(third, .init(depth: 2))?.hasSuffix("deeper than 2") == true)
    }

    @Test func boundsTheNumberOfValues() {
        #expect(mistake("9f010203ff", .init(values: 3))?.hasSuffix("more than 3 values") == true)
        #expect(mistake("5f4040404040ff", .init(values: 3))?.hasSuffix("more than 3 values") == true)
    }

    @Test func millisecondsAreAnIntegerInTheOlderProtocol() throws {
        let moment = Value.timestamp(Timestamp(milliseconds: 1_787_036_486_712))
        #expect(Self.written(moment, .milliseconds) == Array(Self.bytes("c11b000001a013accc38")))
        #expect(try CBOR.parse(Self.bytes("c11b000001a013accc38"), epoch: .milliseconds) == moment)
    }

    @Test func floatsAreShortWhereNothingIsLost() {
        func written(_ number: Double) -> [UInt8] {
            var out: [UInt8] = []
            CBORWriter(epoch: .seconds).float(number, into: &out)
            return out
        }
        #expect(written(1.5) == Array(Self.bytes("fa3fc00000")))
        #expect(written(0.1) == Array(Self.bytes("fb3fb999999999999a")))
        #expect(written(1e300) == Array(Self.bytes("fb7e37e43c8800759c")))
        #expect(written(-.infinity) == Array(Self.bytes("faff800000")))
        #expect(written(.nan) == Array(Self.bytes("fa7fc00000")))
    }
}
