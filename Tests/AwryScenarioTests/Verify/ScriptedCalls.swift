// SPDX-License-Identifier: Apache-2.0

@testable import AwryScenario

/// Journals written by hand: calls whose attempts come at said times.
enum Scripted {
    /// An answer, and how long after it the next attempt comes.
    struct Answer {
        var status: Int? = 400
        var error: String? = "ThrottlingException"
        var gap = 0.0
        var asked: JournalEntry.AskedWait?
        var fault: String?
        var isWhole = true
        /// How long the answering takes, in seconds.
        var taking = 0.01
    }

    static let throttled = Answer()
    static let failed = Answer(status: 500, error: "InternalFailure")
    static let fine = Answer(status: 200, error: nil)

    /// The attempts of one call, the first of which comes at `start` seconds.
    static func call(
        _ name: String = "c", _ operation: String = "PutRecord", service: String = "kinesis", at start: Double = 1,
        answers: [Answer]
    ) -> [JournalEntry] {
        var moment = start
        return answers.enumerated().map { index, answer in
            var entry = Entry.of(operation, service: service, call: name, attempt: index + 1, at: moment)
            entry.sequence = UInt64(moment * 1e6)
            moment += answer.taking
            entry.delivery = Entry.delivery(answer.status, answer.error, isWhole: answer.isWhole, at: moment)
            entry.askedWait = answer.asked
            entry.fault = answer.fault
            moment += answer.gap
            return entry
        }
    }

    /// A call that is answered like this before each gap, and then well.
    static func call(
        _ name: String = "c", service: String = "kinesis", _ operation: String = "PutRecord", like answer: Answer,
        gaps: [Double], at start: Double = 1
    ) -> [JournalEntry] {
        let answers = gaps.map { gap in
            var answer = answer
            answer.gap = gap
            return answer
        }
        return call(name, operation, service: service, at: start, answers: answers + [fine])
    }

    /// Judges one expectation over these requests.
    static func judge(
        _ entries: [JournalEntry], _ match: String = "kinesis.PutRecord",
        _ demand: (inout AwryScenario.Expectation.Demands) -> Void
    ) -> VerifyReport.Finding {
        var demands = AwryScenario.Expectation.Demands()
        demand(&demands)
        let expectation = AwryScenario.Expectation(
            kind: .requests(World.match(match), demands), label: match, location: World.here)
        return Verifier.judge([expectation], over: JournalSnapshot(entries: entries)).findings[0]
    }

    static func backoff(_ rules: String, _ entries: [JournalEntry], _ match: String = "kinesis.PutRecord")
        -> VerifyReport.Finding
    {
        judge(entries, match) { $0.backoff = rules }
    }
}
