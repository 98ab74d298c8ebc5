// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Dispatch
import Synchronization
import Testing

@testable import AwryScenario

/// Entries as the journal's and the verifier's tests make them.
enum Entry {
    static func of(
        _ operation: String = "DescribeStream", service: String = "kinesis", call: String = "c", attempt: Int = 1,
        at seconds: Double = 0, path: String = "/", params: Fields? = nil, rules: [String] = []
    ) -> JournalEntry {
        var entry = JournalEntry(
            id: "req-\(operation)-\(call)-\(attempt)", sandbox: "default",
            time: Timestamp(milliseconds: 1_772_366_400_000 + Int64(seconds * 1000)),
            arrived: UInt64(seconds * 1e9),
            origin: RequestOrigin(
                service: service, operation: operation, region: "us-east-1", account: "123456789012", method: "POST",
                path: path),
            attempt: CallAttempt(call: call, number: attempt))
        entry.rules = rules
        if let params {
            entry.keep(params: params, of: World.operation("DescribeStream"), in: World.kinesis)
        }
        return entry
    }

    static func delivery(
        _ status: Int? = 200, _ error: String? = nil, isWhole: Bool = true, at seconds: Double = 0
    ) -> JournalEntry.Delivery {
        JournalEntry.Delivery(
            status: status, error: error, isWhole: isWhole, bytes: status == nil ? 0 : 100,
            finished: UInt64(seconds * 1e9))
    }
}

struct JournalTests {
    @Test func keepsTheNewestAndCountsTheRest() {
        let journal = Journal(limits: JournalLimits(entries: 10))
        for number in 1...25 { #expect(journal.begin(Entry.of(call: "\(number)")) == UInt64(number)) }
        #expect(journal.entries().map(\.attempt.call) == (16...25).map { "\($0)" })
        #expect(journal.dropped == 15)
        journal.clear()
        #expect(journal.entries().isEmpty && journal.dropped == 0)
        #expect(journal.begin(Entry.of()) == 26)
        for _ in 1...12 { _ = journal.begin(Entry.of()) }
        #expect(journal.entries().map(\.sequence) == Array(29...38))
    }

    @Test func isBoundedInBytes() {
        let journal = Journal(limits: JournalLimits(entries: 1000, bytes: 100_000))
        let path = "/" + String(repeating: "x", count: 9000)
        for _ in 1...500 { _ = journal.begin(Entry.of(path: path)) }
        #expect((8...11).contains(journal.entries().count))
        #expect(journal.dropped == 500 - journal.entries().count)
        let huge = String(repeating: "x", count: 1_000_000)
        _ = journal.begin(Entry.of(path: huge))
        #expect(journal.entries().map(\.path) == [huge])
        for _ in 1...2000 { _ = journal.begin(Entry.of()) }
        #expect(journal.entries().count > 100)
        #expect(journal.entries().count + journal.dropped == 2501)
    }

    @Test func finishingFindsItsEntryOrNothing() {
        let journal = Journal(limits: JournalLimits(entries: 2))
        let first = journal.begin(Entry.of(call: "a"))
        let second = journal.begin(Entry.of(call: "b"))
        _ = journal.begin(Entry.of(call: "c"))
        journal.finish(first, Entry.delivery(500))
        journal.finish(second, Entry.delivery(400, "X"))
        journal.finish(99, Entry.delivery(500))
        #expect(journal.entries().map(\.delivery?.status) == [400, nil])
        journal.clear()
        _ = journal.begin(Entry.of(call: "d"))
        journal.finish(second, Entry.delivery(500))
        #expect(journal.entries().map(\.delivery) == [nil])
    }

    static let filters: [(String, @Sendable (inout JournalFilter) -> Void, [String])] = [
        ("all", { _ in }, ["a", "b", "c"]),
        ("service", { $0.service = Glob("KINESIS", ignoringCase: true) }, ["a", "b"]),
        ("operation", { $0.operation = Glob("Put*", ignoringCase: true) }, ["b", "c"]),
        ("status", { $0.status = 400 }, ["b"]), ("error", { $0.error = "Limit" }, ["b"]),
        ("rule", { $0.rule = "r2" }, ["b"]), ("invocation", { $0.invocation = "c" }, ["c"]),
        ("since", { $0.since = Timestamp(milliseconds: 1_772_366_401_000) }, ["b", "c"]),
        ("after", { $0.after = 2 }, ["c"]), ("id", { $0.id = "req-PutRecord-b-1" }, ["b"]),
        (
            "two",
            {
                $0.status = 400
                $0.invocation = "c"
            }, []
        ),
    ]

    @Test(arguments: filters.indices) func selects(_ index: Int) {
        let (name, change, wanted) = Self.filters[index]
        let journal = Journal()
        _ = journal.begin(Entry.of(call: "a"))
        let second = journal.begin(Entry.of("PutRecord", call: "b", at: 1, rules: ["r1", "r2"]))
        _ = journal.begin(Entry.of("PutObject", service: "s3", call: "c", at: 2))
        journal.finish(second, Entry.delivery(400, "Limit"))
        var filter = JournalFilter()
        change(&filter)
        #expect(journal.entries(filter).map(\.attempt.call) == wanted, "\(name)")
    }

    @Test func waitersAreCalledOnceWhenThereIsEnough() {
        let journal = Journal()
        let calls = Mutex(0)
        let call: @Sendable () -> Void = { calls.withLock { $0 += 1 } }
        var filter = JournalFilter()
        filter.operation = Glob("PutRecord")
        _ = journal.begin(Entry.of("PutRecord"))
        #expect(journal.wait(for: 1, filter, then: call) == nil)
        #expect(calls.withLock { $0 } == 1)
        let waiter = journal.wait(for: 3, filter, then: call)
        let cancelled = journal.wait(for: 3, filter, then: call)
        #expect(waiter != nil && cancelled.map { journal.cancel($0) } == true)
        for name in ["PutRecord", "DescribeStream", "PutRecord", "PutRecord"] { _ = journal.begin(Entry.of(name)) }
        #expect(calls.withLock { $0 } == 2)
        #expect(waiter.map { journal.cancel($0) } == false)
    }

    @Test func whoWaitsForAStatusWaitsForTheAnswer() {
        let journal = Journal()
        let calls = Mutex(0)
        var filter = JournalFilter()
        filter.status = 200
        #expect(journal.wait(for: 1, filter, then: { calls.withLock { $0 += 1 } }) != nil)
        let first = journal.begin(Entry.of())
        let second = journal.begin(Entry.of())
        journal.finish(first, Entry.delivery(500))
        #expect(calls.withLock { $0 } == 0)
        journal.finish(second, Entry.delivery(200))
        #expect(calls.withLock { $0 } == 1)
    }

    @Test func manyThreadsLoseNothing() {
        let journal = Journal(limits: JournalLimits(entries: 100_000, bytes: 1 << 30))
        DispatchQueue.concurrentPerform(iterations: 8) { thread in
            for number in 0..<500 {
                let sequence = journal.begin(Entry.of(call: "\(thread)-\(number)"))
                journal.finish(sequence, Entry.delivery(200))
            }
        }
        let entries = journal.entries()
        #expect(entries.map(\.sequence) == Array(1...4000))
        #expect(entries.allSatisfy { $0.delivery?.status == 200 })
    }
}
