// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Testing

@testable import AwryServices

/// Conditions, ranges, and what a copy's source names.
struct ConditionsTests {
    private static let moment = Timestamp(milliseconds: 1_772_366_400_700)

    @Test(arguments: [
        ("*", true), ("\"e\"", true), ("e", true), ("W/\"e\"", true), ("\"x\", \"e\"", true), ("\"x\"", false),
        ("", false), ("\"", false),
    ])
    func namesOfTags(header: String, isNamed: Bool) {
        #expect(Preconditions.names(header, "e") == isNamed)
    }

    @Test func datesHaveWholeSeconds() {
        let now = Self.moment + .seconds(60)
        let verdict = { (conditions: Preconditions) in
            conditions.verdict(etag: "e", modifiedAt: Self.moment, now: now)
        }
        let second = Timestamp(seconds: Self.moment.seconds)
        #expect(verdict(Preconditions(ifModifiedSince: second)) == .notModified(condition: "If-Modified-Since"))
        #expect(verdict(Preconditions(ifUnmodifiedSince: second)) == .holds)
        #expect(verdict(Preconditions(ifModifiedSince: second + .seconds(-1))) == .holds)
        // A moment that has not come yet is no condition.
        #expect(verdict(Preconditions(ifModifiedSince: now + .seconds(1))) == .holds)
    }

    @Test(arguments: [
        ("bytes=0-", 0..<10), ("bytes=9-9", 9..<10), ("bytes=-1", 9..<10), ("bytes=-11", 0..<10),
        ("BYTES=1-2", 1..<3), ("bytes=3-99999999999999999999", 3..<10),
    ])
    func ranges(header: String, bytes: Range<Int>) {
        #expect(ByteRange(header: header)?.within(10) == bytes)
    }

    @Test(arguments: [
        "", "bytes", "bytes=", "bytes=-", "bytes=a-b", "bytes=2-1", "bytes=0-1,2-3", "bytes= 0-1", "x=0-1",
    ])
    func rangesThatAreNone(header: String) {
        #expect(ByteRange(header: header) == nil)
    }

    @Test func rangesThatAreNotThere() {
        #expect(ByteRange(header: "bytes=10-")?.within(10) == nil)
        #expect(ByteRange(header: "bytes=-1")?.within(0) == nil)
    }

    @Test(arguments: [
        ("b/k", "b", "k", nil), ("/b/a/k", "b", "a/k", nil), ("b/a%2Bb+c%3F", "b", "a+b c?", nil),
        ("b/k?versionId=v", "b", "k", "v"), ("b//k", "b", "/k", nil),
    ])
    func sources(header: String, bucket: String, key: String, id: String?) {
        let source = CopySource(header)
        #expect(source?.bucket == bucket && source?.key == key && source?.versionID == id)
    }

    @Test(arguments: ["", "/", "b", "b/", "/b/", "//k", "b/%zz", "b/k?versionId=", "b/k?x=y"])
    func sourcesThatAreNone(header: String) {
        #expect(CopySource(header) == nil)
    }

    @Test func midnights() {
        let noon = Timestamp(seconds: 1_772_366_400)
        #expect(noon.midnight(afterDays: 1).seconds == 1_772_366_400 + 86_400 + 43_200)
        let midnight = Timestamp(seconds: noon.seconds + 43_200)
        #expect(midnight.midnight(afterDays: 1).seconds == midnight.seconds + 86_400)
        #expect(noon.midnight(afterDays: .max).seconds > noon.seconds)
    }
}
