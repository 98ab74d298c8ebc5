// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Testing

@testable import AwryScenario

struct SmallTextTests {
    static let durations: [(String, Duration)] = [
        ("0", .zero), ("200ms", .milliseconds(200)), ("5s", .seconds(5)), ("1.5s", .milliseconds(1500)),
        ("2m", .seconds(120)), ("1h", .seconds(3600)), ("1h30m", .seconds(5400)), ("1d", .seconds(86_400)),
        ("50us", .microseconds(50)), ("50µs", .microseconds(50)), ("5 s", .seconds(5)), (".5s", .milliseconds(500)),
    ]

    @Test(arguments: durations)
    func readsDurations(text: String, duration: Duration) throws {
        #expect(try DurationText.parse(text) == duration)
    }

    @Test(arguments: ["", "s", "5", "-5s", "5x", "5 5", "1e3s", "5s5", "1..5s", "0s0", "99999999999999999999d", "5h-"])
    func refusesDurations(text: String) {
        #expect(throws: TextMistake.self) { try DurationText.parse(text) }
    }

    @Test func readsSecondsNegativesAndRanges() throws {
        #expect(try DurationText.parseSeconds("2") == .seconds(2))
        #expect(try DurationText.parseSeconds("0.25") == .milliseconds(250))
        #expect(try DurationText.parseSeconds("1500ms") == .milliseconds(1500))
        #expect(throws: TextMistake.self) { try DurationText.parseSeconds("-1") }
        #expect(throws: TextMistake.self) { try DurationText.parseSeconds("1e400") }
        #expect(try DurationText.parse("-10m", mayBeNegative: true) == .seconds(-600))
        #expect(try DurationText.parseRange("0-1s") == .zero ... .seconds(1))
        #expect(try DurationText.parseRange("100-250ms") == .milliseconds(100) ... .milliseconds(250))
        #expect(try DurationText.parseRange("100ms-2s") == .milliseconds(100) ... .seconds(2))
        for text in ["1s", "-", "1-2", "2s-1s", "1s-", "-1s"] {
            #expect(throws: TextMistake.self, "\(text)") { try DurationText.parseRange(text) }
        }
    }

    static let positions: [(String, [ClosedRange<Int>])] = [
        ("3", [3...3]), ("1-2", [1...2]), ("1-2,5,9-", [1...2, 5...5, 9...Int.max]), (" 1 - 2 , 4 ", [1...2, 4...4]),
    ]

    @Test(arguments: positions)
    func readsPositions(text: String, ranges: [ClosedRange<Int>]) throws {
        #expect(try PositionsText.parse(text) == Positions(ranges))
    }

    @Test(arguments: [
        "", "0", "2-1", "a", "1,", ",1", "1--2", "-1", "1-2-3", "99999999999999999999", "1-9999999999999999999999",
    ])
    func refusesPositions(text: String) {
        #expect(throws: TextMistake.self) { try PositionsText.parse(text) }
    }

    @Test func readsCounts() throws {
        #expect(try CountText.parse("0") == .init(least: 0, most: 0))
        #expect(try CountText.parse("2-4") == .init(least: 2, most: 4))
        #expect(try CountText.parse("2-") == .init(least: 2, most: nil))
        for text in ["", "-2", "4-2", "2-x", "two", "2-99999999999999999999", "1 "] {
            #expect(throws: TextMistake.self, "\(text)") { try CountText.parse(text) }
        }
    }

    @Test func readsRatesAndBandwidths() throws {
        #expect(try RateText.parse("5/s") == 5)
        #expect(try RateText.parse("120/m") == 2)
        #expect(try RateText.parse("0.5 / sec") == 0.5)
        #expect(try BandwidthText.parse("64KiB/s") == 65_536)
        #expect(try BandwidthText.parse("1.5MB/s") == 1_500_000)
        for text in ["5", "/s", "5/", "5/y", "0/s", "5/s/s", "-5/s", "9e9/s"] {
            #expect(throws: TextMistake.self, "\(text)") { try RateText.parse(text) }
        }
        for text in ["64", "64KiB", "0B/s", "64Kib/s", "1e99GB/s", "64KiB/m"] {
            #expect(throws: TextMistake.self, "\(text)") { try BandwidthText.parse(text) }
        }
    }

    @Test func readsMoments() throws {
        #expect(try MomentText.parseISO("2026-03-01T12:00:00Z").seconds == 1_772_366_400)
        #expect(try MomentText.parseHTTP("Sun, 01 Mar 2026 12:00:00 GMT").seconds == 1_772_366_400)
        for text in ["", "2026-13-01", "tomorrow", "2026-02-30T00:00:00Z"] {
            #expect(throws: TextMistake.self, "\(text)") { try MomentText.parseISO(text) }
        }
    }

    static let templates: [(String, [Template.Piece])] = [
        ("", [.text("")]), ("plain $5", [.text("plain $5")]), ("${a.b}", [.reference(path: ["a", "b"])]),
        ("x${a}y", [.text("x"), .reference(path: ["a"]), .text("y")]), ("$${a}", [.text("${a}")]),
        ("$$${a}", [.text("$${a}")]), ("$$ ${a}$", [.text("$$ "), .reference(path: ["a"]), .text("$")]),
        ("${a}${b}", [.reference(path: ["a"]), .reference(path: ["b"])]),
    ]

    @Test(arguments: templates)
    func readsTemplates(text: String, pieces: [Template.Piece]) throws {
        #expect(try Template.parse(text).pieces == pieces)
    }

    @Test(arguments: ["${", "${a", "${}", "${a.}", "${.a}", "${a..b}"])
    func refusesTemplates(text: String) {
        #expect(throws: TextMistake.self) { try Template.parse(text) }
    }

    @Test func readsPaths() {
        #expect(ParamPath.parse("Records.*.PartitionKey") == ["Records", "*", "PartitionKey"])
        #expect(ParamPath.parse("Metadata.a\\.b") == ["Metadata", "a.b"])
        #expect(ParamPath.parse("a..b") == nil)
        #expect(ParamPath.parse("") == nil)
    }

    @Test func makesNamesOfTexts() {
        #expect(Words.asName("Orders are slow!") == "orders-are-slow")
        #expect(Words.asName("  ü ") == "")
        #expect(Words.list(["a", "b", "c"], last: "or") == "`a`, `b` or `c`")
        #expect(Words.list((1...20).map { "\($0)" }, last: "and", atMost: 2) == "`1`, `2` and 18 more")
    }
}
