// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Testing

@testable import AwryServices

struct WriteDemandTests {
    private let start = Timestamp(seconds: 1_772_366_400)

    /// Lets so many records of a size come within a second.
    private func write(_ count: Int, of size: Int, to demand: inout WriteDemand, at moment: Timestamp) {
        for _ in 0..<count { demand.note(size, at: moment, delay: .zero) }
    }

    private func shards(_ demand: WriteDemand, warm: Int64? = nil, in region: String = "us-east-1") -> Int {
        demand.shards(warm: warm, in: region)
    }

    private static let MiB = 1 << 20

    @Test(arguments: [(2000, 1, 4), (2001, 1, 8), (2, MiB, 4), (3, MiB, 8), (2, MiB + 1, 8), (40, MiB, 128)])
    func aSecondsRecordsOrBytesCount(_ count: Int, _ size: Int, _ wanted: Int) {
        var demand = WriteDemand(floor: 4)
        write(count, of: size, to: &demand, at: start)
        // The second is not over.
        #expect(demand.advance(to: start + .milliseconds(999)) == nil && shards(demand) == 4)
        _ = demand.advance(to: start + .seconds(1))
        #expect(shards(demand) == wanted)
    }

    @Test func theHighestOfThirtyDaysCounts() {
        var demand = WriteDemand(floor: 4)
        let day = Duration.seconds(86_400)
        write(5000, of: 1, to: &demand, at: start)
        write(3000, of: 1, to: &demand, at: start + .seconds(5))
        write(3000, of: 1, to: &demand, at: start + day)
        _ = demand.advance(to: start + day * 30)
        #expect(shards(demand) == 16)
        #expect(demand.advance(to: start + day * 31) != nil && shards(demand) == 8)
        _ = demand.advance(to: start + day * 32)
        #expect(shards(demand) == 4)
    }

    @Test func manyNewPeaksAreBounded() {
        var demand = WriteDemand(floor: 4)
        for second in 1...1000 {
            for _ in 0..<second { demand.note(1 << 20, at: start + .seconds(second), delay: .seconds(100_000)) }
        }
        _ = demand.advance(to: start + .seconds(200_000))
        #expect(shards(demand) == 2048)
        #expect(shards(demand, in: "eu-north-1") == 200)
    }

    @Test func aClockThatIsSetBackHarmsNothing() {
        var demand = WriteDemand(floor: 4)
        write(3000, of: 1, to: &demand, at: start)
        write(1, of: 1, to: &demand, at: start + .seconds(-86_400))
        _ = demand.advance(to: start + .seconds(1))
        #expect(shards(demand) == 8)
    }
}
