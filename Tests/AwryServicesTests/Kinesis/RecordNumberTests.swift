// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Testing

@testable import AwryServices

struct RecordNumberTests {
    private let numbers = [
        RecordNumber(epoch: 1_772_366_400, shard: 0, index: 0, second: 1_772_366_400),
        RecordNumber(epoch: 1_772_366_400, shard: 7, index: 1, second: 1_772_366_400),
        RecordNumber(epoch: 1_772_366_400, shard: 7, index: 2, second: 1_772_366_399),
        RecordNumber(epoch: 1_772_366_400, shard: .max, index: RecordNumber.last, second: 0),
        RecordNumber(epoch: 1_772_366_401, shard: 0, index: 0, second: RecordNumber.seconds),
        RecordNumber(epoch: RecordNumber.seconds, shard: .max, index: .max, second: RecordNumber.seconds),
    ]

    @Test func everyNumberHasFiftySixDigitsAndIsReadBack() {
        for number in numbers + [RecordNumber(epoch: 0, shard: 0, index: 0, second: 0)] {
            #expect(number.text.utf8.count == 56)
            #expect(RecordNumber(number.text) == number)
        }
    }

    /// Of one length, texts have the order of the numbers that they are.
    @Test func numbersGrowWithTheirPlaceAndThenWithTheShardsAge() {
        let texts = numbers.map(\.text)
        #expect(texts == texts.sorted())
    }

    @Test(arguments: ["", "1", "49", String(repeating: "9", count: 56), String(repeating: "0", count: 56)])
    func whatIsNoNumberIsRefused(_ text: String) {
        #expect(RecordNumber(text) == nil)
    }

    @Test func aDigitMoreOrLessIsRefused() {
        for text in numbers.map(\.text) {
            #expect(RecordNumber(text + "0") == nil)
            #expect(RecordNumber(String(text.dropLast())) == nil)
            #expect(RecordNumber(text.dropLast() + "x") == nil)
        }
    }

    /// The boundaries that AWS gives to streams of three shards.
    @Test func rangesAreThoseOfAWS() {
        let ranges = HashKey.ranges(3)
        #expect(ranges[0] == 0...113_427_455_640_312_821_154_458_202_477_256_070_484)
        #expect(ranges[2].upperBound == .max)
        for count in [1, 2, 3, 4, 7, 1000] {
            let ranges = HashKey.ranges(count)
            #expect(ranges.count == count && ranges[0].lowerBound == 0 && ranges[count - 1].upperBound == .max)
            for (one, next) in zip(ranges, ranges.dropFirst()) { #expect(one.upperBound + 1 == next.lowerBound) }
        }
    }

    /// MD5 of "a": 0cc175b9c0f1b6a831c399e269772661 (RFC 1321, appendix A.5).
    @Test func aPartitionKeyFallsWhereItsMD5Does() {
        #expect(HashKey.of(partitionKey: "a") == 0x0CC1_75B9_C0F1_B6A8_31C3_99E2_6977_2661)
    }

    @Test func shardsAreCalledByAnythingThatEndsInTheirNumber() {
        #expect(ShardID.text(7) == "shardId-000000000007" && ShardID.number("shardId-000000000007") == 7)
        #expect(ShardID.number("x-7") == 7)
        for text in ["7", "shardId-", "shardId-x", "", "-99999999999"] { #expect(ShardID.number(text) == nil) }
    }

    @Test func tokensAreReadBackForWhatTheyAreAndNothingElse() {
        let token = StreamToken(.iterator, stream: 1, shard: 2, position: 3, issued: Timestamp(seconds: 4))
        #expect(StreamToken(token.text, for: .iterator) == token)
        #expect(StreamToken(token.text, for: .shards) == nil)
        for text in ["", "x", Base64.text([UInt8](repeating: 0, count: 56))] {
            #expect(StreamToken(text, for: .iterator) == nil)
        }
    }

    @Test func momentsAreWrittenAsKinesisDoes() {
        #expect(WordyTime.text(Timestamp(seconds: 1_772_366_400)) == "Sun Mar 01 12:00:00 UTC 2026")
    }
}
