// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Testing

/// Moments and their texts, both ways. The epoch seconds come from GNU date.
struct TimeFormatsTests {
    static let known: [(Int64, String, String, String, String)] = [
        (0, "1970-01-01T00:00:00Z", "19700101T000000Z", "Thu, 01 Jan 1970 00:00:00 GMT", "0"),
        (1_772_366_400_000, "2026-03-01T12:00:00Z", "20260301T120000Z", "Sun, 01 Mar 2026 12:00:00 GMT", "1772366400"),
        (951_782_399_000, "2000-02-28T23:59:59Z", "20000228T235959Z", "Mon, 28 Feb 2000 23:59:59 GMT", "951782399"),
        (951_782_400_000, "2000-02-29T00:00:00Z", "20000229T000000Z", "Tue, 29 Feb 2000 00:00:00 GMT", "951782400"),
        (-1000, "1969-12-31T23:59:59Z", "19691231T235959Z", "Wed, 31 Dec 1969 23:59:59 GMT", "-1"),
        (
            -62_167_219_200_000, "0000-01-01T00:00:00Z", "00000101T000000Z", "Sat, 01 Jan 0000 00:00:00 GMT",
            "-62167219200"
        ),
        (
            253_402_300_799_000, "9999-12-31T23:59:59Z", "99991231T235959Z", "Fri, 31 Dec 9999 23:59:59 GMT",
            "253402300799"
        ),
    ]

    @Test(arguments: known)
    func writesAndReadsBack(_ known: (Int64, String, String, String, String)) {
        let moment = Timestamp(milliseconds: known.0)
        #expect(TimeFormats.iso8601(moment) == known.1)
        #expect(TimeFormats.basic(moment) == known.2)
        #expect(TimeFormats.rfc822(moment) == known.3)
        #expect(TimeFormats.epoch(moment) == known.4)
        #expect(TimeFormats.parseISO8601(known.1) == moment)
        #expect(TimeFormats.parseISO8601(known.2) == moment)
        #expect(TimeFormats.parseRFC822(known.3) == moment)
        #expect(TimeFormats.parseEpoch(known.4) == moment)
    }

    @Test func showsFractionsAsAsked() {
        let moment = Timestamp(milliseconds: 1_772_366_400_250)
        #expect(TimeFormats.iso8601(moment) == "2026-03-01T12:00:00.250Z")
        #expect(TimeFormats.iso8601(moment, fraction: .none) == "2026-03-01T12:00:00Z")
        #expect(
            TimeFormats.iso8601(Timestamp(seconds: 1_772_366_400), fraction: .milliseconds)
                == "2026-03-01T12:00:00.000Z")
        #expect(TimeFormats.epoch(moment) == "1772366400.25")
        #expect(TimeFormats.epoch(Timestamp(milliseconds: -250)) == "-0.25")
    }

    @Test(arguments: [
        ("2026-03-01T12:00:00.25Z", 1_772_366_400_250), ("2026-03-01T12:00:00.123456789Z", 1_772_366_400_123),
        ("2026-03-01T13:00:00+01:00", 1_772_366_400_000), ("2026-03-01T06:30:00-0530", 1_772_366_400_000),
        ("2026-03-01T12:00:00", 1_772_366_400_000), ("2026-03-01", 1_772_323_200_000),
        ("2016-12-31T23:59:60Z", 1_483_228_800_000),
    ])
    func readsVariants(_ text: String, _ milliseconds: Int64) {
        #expect(TimeFormats.parseISO8601(text)?.milliseconds == milliseconds)
    }

    @Test(arguments: [
        "", "2026", "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-03-01T24:00:00Z", "2026-03-01T12:00:00ZZ",
        "2026-03-01T12:00:00.Z", "2026-0301T12:00:00Z", "2026-03-01T12:0000Z", "yesterday", "2026-03-01T12:00:00+25:00",
    ])
    func refusesWhatIsNoMoment(_ text: String) {
        #expect(TimeFormats.parseISO8601(text) == nil)
        #expect(TimeFormats.parseRFC822(text) == nil)
    }

    @Test func refusesEpochsThatAreNoNumbers() {
        for text in ["", "nan", "inf", "0x10", "1e400", "12 ", "1e30"] { #expect(TimeFormats.parseEpoch(text) == nil) }
        #expect(TimeFormats.parseEpoch("1.7723664E9") == Timestamp(seconds: 1_772_366_400))
    }

    @Test func everyDayOfFourCenturiesComesBack() {
        for day in stride(from: Int64(-146_097), to: 146_097, by: 1) {
            let moment = Timestamp(seconds: day * 86_400)
            let time = CalendarTime(moment)
            #expect(CalendarTime.moment(year: time.year, month: time.month, day: time.day) == moment)
        }
    }

    @Test func extremesDoNotTrap() {
        for milliseconds in [Int64.min, Int64.min + 1, Int64.max] {
            let moment = Timestamp(milliseconds: milliseconds)
            #expect(TimeFormats.iso8601(moment).count >= 20)
            #expect(!TimeFormats.rfc822(moment).isEmpty && !TimeFormats.epoch(moment).isEmpty)
        }
    }
}
