// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Testing

struct Base64Tests {
    // RFC 4648, section 10.
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ])
    func vectors(plain: String, encoded: String) {
        #expect(Base64.text(Array(plain.utf8)) == encoded)
        #expect(Base64.decode(encoded.utf8) == Array(plain.utf8))
    }

    @Test(arguments: [
        "Z", "Zg", "Zg=", "Z===", "Zg=a", "Z g=", "====", "Zg==Zg==", "Zh==", "Zm9=", "Zm9v=g==", "Zm\u{e9}v",
    ])
    func refuses(text: String) {
        #expect(Base64.decode(text.utf8) == nil)
    }

    @Test func decodesFromMemoryAndFromElsewhere() {
        let bytes = (0..<300).map { UInt8(truncatingIfNeeded: $0 * 7) }
        for count in 0...bytes.count {
            let text = Base64.text(bytes[..<count])
            #expect(Base64.decode(Array(text.utf8)) == Array(bytes[..<count]))
            #expect(Base64.decode(Array(text.utf8.reversed()).reversed()) == Array(bytes[..<count]))
        }
    }
}

struct ChanceTests {
    @Test func drawsDependOnSeedStreamAndPositionAlone() {
        let chance = Chance(seed: 42, stream: "rule#1")
        let forwards = (0..<8).map { chance.bits(at: $0) }
        let backwards = (0..<8).reversed().map { chance.bits(at: $0) }
        #expect(forwards == backwards.reversed())
        #expect(Chance(seed: 42, stream: "rule#2").bits(at: 0) != forwards[0])
        #expect(Chance(seed: 43, stream: "rule#1").bits(at: 0) != forwards[0])
    }

    // SplitMix64's first outputs for seed 0, as published with its reference code.
    @Test func isSplitMix64() {
        let chance = Chance(seed: 0)
        #expect(chance.bits(at: 0) == 0xE220_A839_7B1D_CDAF)
        #expect(chance.bits(at: 1) == 0x6E78_9E6A_A1B9_65F4)
    }

    @Test func unitsAreEven() {
        let chance = Chance(seed: 7, stream: "x")
        let units = (0..<10_000).map { chance.unit(at: $0) }
        #expect(units.allSatisfy { $0 >= 0 && $0 < 1 })
        #expect(abs(units.reduce(0, +) / 10_000 - 0.5) < 0.01)
    }
}

struct NearestTests {
    @Test func findsWhatWasMeant() {
        let names = ["DescribeStream", "DescribeStreamSummary", "DescribeLimits", "PutRecord"]
        #expect(Nearest.candidates(for: "DescribeStreams", among: names).first == "DescribeStream")
        #expect(Nearest.candidates(for: "putrecrod", among: names) == ["PutRecord"])
        #expect(Nearest.candidates(for: "Zebra", among: names).isEmpty)
    }

    @Test func asksAQuestion() {
        #expect(Nearest.question(for: "tims", among: ["times", "nth"]) == "; did you mean times?")
        #expect(Nearest.question(for: "zzzz", among: ["times", "nth"]).isEmpty)
    }
}

struct RegexTests {
    @Test func matchesAnywhereUnlessAnchored() throws {
        #expect(try Regex("b+").matches("abbc"))
        #expect(!(try Regex("b+", anchored: true).matches("abbc")))
        #expect(try Regex("[a-z]+|x", anchored: true).matches("abc"))
    }

    @Test func tellsWhereAPatternIsWrong() {
        #expect { try Regex("a(b") } throws: { ($0 as? Regex.Mistake)?.offset == 3 }
    }

    @Test func givesUpOnARunawayPattern() throws {
        #expect(!(try Regex("(a+)+$").matches(String(repeating: "a", count: 40) + "b")))
    }
}

struct TimestampTests {
    @Test func roundsSecondsDown() {
        #expect(Timestamp(milliseconds: -1).seconds == -1)
        #expect(Timestamp(milliseconds: 1_999).seconds == 1)
    }

    @Test func movesBySpans() {
        let moment = Timestamp(seconds: 10)
        #expect(moment + .milliseconds(1_500) == Timestamp(milliseconds: 11_500))
        #expect(moment + .seconds(-11) - moment == .seconds(-11))
    }
}

struct FieldsTests {
    @Test func keepsOrder() {
        var fields: Fields = ["b": 1, "a": 2]
        fields["c"] = 3
        fields["b"] = nil
        fields.setDefault("a", 9)
        fields.setDefault("d", 4)
        #expect(fields.map(\.name) == ["a", "c", "d"])
        #expect(fields["a"] == 2)
    }
}
