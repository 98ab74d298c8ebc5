// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Testing

struct JSONTests {
    static let readings: [(String, Value)] = [
        ("null", Value.null), ("true", true), (" false ", false), ("0", 0), ("-12", -12), ("1.5", 1.5),
        ("1e3", .double(1000)), ("9223372036854775807", .integer(.max)), ("\"\"", ""), ("\"a\\u00e9\\n\\/\"", "aé\n/"),
        ("\"\\ud83d\\ude00\"", "😀"), ("\"\\ud83d\"", "\u{FFFD}"), ("[]", []), ("[1,[2]]", [1, [2]]),
        ("{}", [:]), ("{\"b\":1,\"a\":{\"c\":null}}", ["b": 1, "a": ["c": .null]]),
    ]

    @Test(arguments: readings)
    func reads(text: String, expected: Value) throws {
        #expect(try JSON.parse(text) == expected)
    }

    @Test(arguments: [
        ("", 0), ("{", 1), ("[1,]", 3), ("{\"a\" 1}", 5), ("{a:1}", 1), ("01", 2), ("-", 1), ("1.", 2), ("1e", 2),
        ("\"", 1), ("\"\\x\"", 2), ("\"\u{1}\"", 1), ("nul", 0), ("[1] 2", 4), ("\"\\u12g4\"", 5), ("1e999", 0),
    ])
    func refuses(text: String, offset: Int) {
        #expect { try JSON.parse(text) } throws: { ($0 as? JSON.Mistake)?.offset == offset }
    }

    @Test(arguments: [
        (#""a\n\"b\\\/\b\f\r\t\u00e9\ud83d\ude00z""#, "a\n\"b\\/\u{8}\u{C}\r\té😀z"),
        (#""\\""#, "\\"), (#""\"""#, "\""),
        (#""\ud800x""#, "\u{FFFD}x"),
    ])
    func readsEscapes(text: String, meant: String) throws {
        #expect(try JSON.parse(text) == .string(meant))
    }

    @Test(arguments: [
        ("\"a\\nb\u{1}c\"", "a control character in a text must be escaped", 5),
        ("\"a\u{1}c\"", "a control character in a text must be escaped", 2),
        ("\"a\\nb", "expected the end of a text in double quotes", 5), ("\"a\\", "expected an escape", 3),
        ("\"\\x\"", "no such escape", 2), ("\"\\u12\"", "expected four hexadecimal digits", 5),
    ])
    func saysWhereATextGoesWrong(text: String, words: String, offset: Int) {
        let mistake = #expect(throws: JSON.Mistake.self) { try JSON.parse(text) }
        #expect(mistake?.message.hasPrefix(words) == true && mistake?.offset == offset)
    }

    @Test func refusesWhatIsNotUTF8() {
        #expect(throws: JSON.Mistake.self) { try JSON.parse([0x22, 0xFF, 0x22][...]) }
    }

    @Test func boundsDepthAndSize() {
        let deep = Array(String(repeating: "[", count: 100_000).utf8)
        #expect { try JSON.parse(deep[...]) } throws: { ($0 as? JSON.Mistake)?.message == "nested deeper than 128" }
        let wide = "[" + String(repeating: "1,", count: 50) + "1]"
        #expect(throws: JSON.Mistake.self) { try JSON.parse(wide, limits: JSON.Limits(values: 20)) }
    }

    @Test func keepsOrderAndTheLastOfEqualNames() throws {
        let fields = try #require(try JSON.parse("{\"z\":1,\"a\":2,\"z\":3}").fields)
        #expect(Array(fields.names) == ["z", "a"])
        #expect(fields["z"] == 3)
    }

    static let writings: [(Value, String)] = [
        (Value.double(1.5), "1.5"), (.double(3), "3.0"), (.double(.nan), "\"NaN\""),
        (.double(-.infinity), "\"-Infinity\""), (.timestamp(Timestamp(milliseconds: 1_500)), "1.5"),
        (.timestamp(Timestamp(seconds: 7)), "7"), (.blob(Blob(utf8: "hi!")), "\"aGkh\""),
        (.string("\"\\\u{1}\t"), "\"\\\"\\\\\\u0001\\t\""),
    ]

    @Test(arguments: writings)
    func writes(value: Value, expected: String) {
        #expect(JSON.text(value) == expected)
    }

    @Test func writesIndented() {
        #expect(
            JSON.text(["a": [1, [:]], "b": []], pretty: true) == "{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b\": []\n}")
    }

    @Test(arguments: ["{\"a\":[1,2.5,\"x\",null,true,{\"b\":[]}]}", "[\"\\u0000\",-1]", "\"\u{2028}\""])
    func roundTrips(text: String) throws {
        let value = try JSON.parse(text)
        #expect(try JSON.parse(JSON.text(value)) == value)
    }
}
