// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Testing

@testable import AwryScenario

struct VerifierTests {
    /// Three attempts of one call that ends well, one call that fails, one that is cut, one under way.
    private static let entries: [JournalEntry] = {
        func entry(
            _ name: String, _ call: String, _ attempt: Int, _ start: Double, _ delivery: JournalEntry.Delivery?,
            params: Fields? = [:]
        ) -> JournalEntry {
            var entry = Entry.of(name, call: call, attempt: attempt, at: start, params: params)
            entry.delivery = delivery
            return entry
        }
        var entries = [
            entry("DescribeStream", "a", 1, 0, Entry.delivery(400, "Limit", at: 0.1), params: ["StreamName": "x"]),
            entry("DescribeStream", "a", 2, 1, Entry.delivery(400, "Limit", at: 1.1), params: ["StreamName": "x"]),
            entry("DescribeStream", "a", 3, 2, Entry.delivery(200, at: 2.5), params: ["StreamName": "x"]),
            entry("PutRecord", "b", 1, 3, Entry.delivery(400, "Denied", at: 3.1)),
            entry("PutRecords", "c", 1, 4, Entry.delivery(200, isWhole: false, at: 4.1)),
            entry("DescribeStreamSummary", "d", 1, 5, nil, params: nil),
        ]
        for index in entries.indices { entries[index].sequence = UInt64(index + 1) }
        return entries
    }()

    private static func problems(
        _ operation: String, _ demand: (inout AwryScenario.Expectation.Demands) -> Void = { _ in },
        match: (inout Match) -> Void = { _ in }
    ) -> [String] {
        var demands = AwryScenario.Expectation.Demands()
        demand(&demands)
        let label = operation.contains(".") ? operation : "kinesis." + operation
        let expectation = AwryScenario.Expectation(
            kind: .requests(World.match(label, match), demands), label: label, location: World.here)
        return Verifier.judge([expectation], over: JournalSnapshot(entries: entries)).findings[0].problems
    }

    private static func range(_ least: Int, _ most: Int?) -> AwryScenario.Expectation.CountRange {
        AwryScenario.Expectation.CountRange(least: least, most: most)
    }

    static let table: [(String, @Sendable (inout AwryScenario.Expectation.Demands) -> Void, [String])] = [
        ("DescribeStream", { $0.count = range(3, 3) }, []),
        ("DescribeStream", { $0.count = range(2, nil) }, []),
        (
            "DescribeStream", { $0.count = range(4, 4) },
            ["expected 4 requests of kinesis.DescribeStream, saw 3; nearest: kinesis.DescribeStreamSummary 1"]
        ),
        ("DescribeStream", { $0.count = range(0, 2) }, ["expected 0 to 2 requests of kinesis.DescribeStream, saw 3"]),
        ("s3.PutObject", { $0.count = range(0, 0) }, []),
        (
            "s3.PutObject", { $0.count = range(1, nil) },
            [
                "expected at least 1 request of s3.PutObject, saw 0; seen: kinesis.DescribeStream 3, "
                    + "kinesis.PutRecord 1, kinesis.PutRecords 1, …"
            ]
        ),
        ("DescribeStream", { $0.calls = range(1, 1) }, []),
        ("DescribeStream", { $0.calls = range(0, 0) }, ["expected 0 calls of kinesis.DescribeStream, saw 1"]),
        ("DescribeStream", { $0.attempts = range(2, 4) }, []),
        (
            "DescribeStream", { $0.attempts = range(1, 1) },
            ["expected 1 attempt of each call of kinesis.DescribeStream, call a made 3"]
        ),
        ("DescribeStream", { $0.ends = "success" }, []), ("PutRecord", { $0.ends = "Denied" }, []),
        ("PutRecords", { $0.ends = "connection" }, []),
        (
            "PutRecord", { $0.ends = "success" },
            ["expected kinesis.PutRecord to end with success, call b ended with Denied"]
        ),
        (
            "DescribeStreamSummary", { $0.ends = "success" },
            ["expected kinesis.DescribeStreamSummary to end with success, call d is still under way"]
        ),
        ("DescribeStream", { $0.within = .milliseconds(2500) }, []),
        (
            "DescribeStream", { $0.within = .seconds(2) },
            ["expected kinesis.DescribeStream within 2 s, call a took 2.5 s"]
        ),
        ("s3.PutObject", { $0.ends = "success" }, ["expected s3.PutObject to be called, saw no request"]),
        ("DescribeStream", { $0.backoff = "standard" }, []),
        (
            "PutRecord", { $0.backoff = "standard" },
            ["expected kinesis.PutRecord to be tried again, but no call of it made a second attempt"]
        ),
    ]

    @Test(arguments: table.indices) func judges(_ index: Int) {
        let (operation, demand, wanted) = Self.table[index]
        let problems = Self.problems(operation, demand)
        #expect(problems.count == wanted.count)
        for (problem, wanted) in zip(problems, wanted) { #expect(problem.hasPrefix(wanted), "\(problem)") }
    }

    @Test func namesWhatAlmostMatchingRequestsDifferIn() {
        let problems = Self.problems("DescribeStream", { $0.count = Self.range(1, 1) }) {
            $0.params = [(["StreamName"], .equals("y"))]
        }
        #expect(
            problems == [
                "expected 1 request of kinesis.DescribeStream, saw 0; "
                    + "nearest: kinesis.DescribeStream with another params.StreamName 3"
            ])
    }

    @Test func whatTheJournalDidNotKeepIsNotJudged() {
        let never: (inout AwryScenario.Expectation.Demands) -> Void = { $0.count = Self.range(0, 0) }
        let params = Self.problems("DescribeStreamSummary", never) { $0.params = [(["A"], .equals("y"))] }
        #expect(params.map { $0.hasPrefix("cannot judge kinesis.DescribeStreamSummary by params.A") } == [true])
        let headers = Self.problems("PutRecord", never) { $0.headers = [("x", .equals("y"))] }
        #expect(headers == ["cannot judge kinesis.PutRecord by headers.x: the journal did not keep it"])
        let body = Self.problems("PutRecord", never) { $0.body = .equals("y") }
        #expect(body == ["cannot judge kinesis.PutRecord by body: the journal did not keep it"])
        let secret = Entry.of("PutRecord", params: ["Password": "p"])
        let match = World.match("kinesis.PutRecord") { $0.params = [(["Password"], .not(.equals("p")))] }
        #expect(Sighting(of: match, in: [secret]).uncertainty != nil)
    }

    static let orders: [([String], [String])] = [
        (["DescribeStream", "PutRecord", "PutRecords"], []), (["DescribeStream", "PutRecords"], []),
        (
            ["PutRecord", "DescribeStream"],
            ["expected kinesis.DescribeStream after kinesis.PutRecord, but its first request came before"]
        ),
        (["PutRecord", "s3.PutObject"], ["expected s3.PutObject in this order, saw none"]), ([], []),
    ]

    @Test(arguments: orders.indices) func judgesOrder(_ index: Int) {
        let (names, wanted) = Self.orders[index]
        let matches = names.map { World.match($0.contains(".") ? $0 : "kinesis." + $0) }
        let expectation = AwryScenario.Expectation(kind: .order(matches), label: "order", location: World.here)
        let problems = Verifier.judge([expectation], over: JournalSnapshot(entries: Self.entries)).findings[0].problems
        #expect(problems.count == wanted.count)
        for (problem, wanted) in zip(problems, wanted) { #expect(problem.hasPrefix(wanted), "\(problem)") }
    }

    @Test func aJournalThatDroppedEntriesIsRefused() {
        let report = Verifier.judge([], over: JournalSnapshot(entries: Self.entries, dropped: 4))
        #expect(!report.holds)
        #expect(report.text.hasPrefix("not judged: the journal has dropped 4 of 10 requests"))
        #expect(report.value.fields?["holds"] == false)
    }

    @Test func reportsAsTextAndJSON() {
        var demands = AwryScenario.Expectation.Demands()
        demands.count = Self.range(0, 0)
        let expectations = ["PutRecord", "ListStreams"].map {
            AwryScenario.Expectation(
                kind: .requests(World.match("kinesis." + $0), demands), label: "kinesis." + $0, location: World.here)
        }
        let report = Verifier.judge(expectations, over: JournalSnapshot(entries: Self.entries))
        #expect(
            report.text == """
                test.yaml:1: expected 0 requests of kinesis.PutRecord, saw 1
                2 expectations, 1 not met

                """)
        #expect(
            JSON.text(report.value)
                == #"{"holds":false,"refused":null,"expectations":["#
                + #"{"match":"kinesis.PutRecord","file":"test.yaml","line":1,"holds":false,"#
                + #""problems":["expected 0 requests of kinesis.PutRecord, saw 1"]},"#
                + #"{"match":"kinesis.ListStreams","file":"test.yaml","line":1,"holds":true,"problems":[]}]}"#)
    }
}
