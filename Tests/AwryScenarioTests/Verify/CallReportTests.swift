// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Testing

@testable import AwryScenario

struct CallReportTests {
    private static func call(_ entries: [JournalEntry]) -> SDKCall {
        SDKCall.calls(in: JournalSnapshot(entries: entries))[0]
    }

    private static let retried: SDKCall = {
        var asking = Scripted.throttled
        asking.asked = JournalEntry.AskedWait(milliseconds: 2000)
        asking.gap = 0.49
        asking.taking = 0.5
        var last = Scripted.fine
        last.taking = 1
        return call(Scripted.call(answers: [asking, .init(status: 500, error: "X", gap: 1.5, taking: 0.51), last]))
    }()

    @Test func drawsATimeLine() {
        #expect(
            CallTimeline(Self.retried, width: 16).text() == """
                kinesis.PutRecord  success after 4 s, 3 attempts, call c
                  1  ██·                           400 ThrottlingException, asks x-amz-retry-after: 2000
                  2     ███······      +490 ms     500 X
                  3              ████  +1.5 s      200
                  fits: legacy, standard, adaptive

                """)
    }

    @Test func drawsWhatThereIs() {
        let once = Self.call(Scripted.call(answers: [Scripted.fine]))
        #expect(CallTimeline(once).text() == "kinesis.PutRecord  success after 10 ms, 1 attempt, call c\n")
        var entries = Scripted.call(answers: [Scripted.throttled, Scripted.fine])
        entries[0].delivery = nil
        entries[1].delivery = nil
        let open = CallTimeline(Self.call(entries), width: 4).text()
        #expect(open.hasPrefix("kinesis.PutRecord  under way, 2 attempts, call c\n  1  █"), "\(open)")
        #expect(open.contains("under way (the gap is unknown: the answer before it is still under way)"))
        #expect(open.hasSuffix("  no gap can be judged\n"))
        let hammering = Self.call(Scripted.call(like: Scripted.throttled, gaps: [0, 0, 0, 0, 0]))
        #expect(CallTimeline(hammering).text().contains("\n  fits no rule set: too fast: 5 gaps last 0 ms"))
        let unknown = Entry.of("", service: "", call: "u")
        #expect(CallTimeline(Self.call([unknown])).text() == "?  under way, 1 attempt, call u\n")
    }

    @Test func drawsOnlyWhatWasTriedAgain() {
        let entries = (0..<30).flatMap { number in
            Scripted.call("c\(number)", at: Double(number + 1), answers: [Scripted.throttled, Scripted.fine])
        }
        let once = Scripted.call("once", answers: [Scripted.fine])
        let text = CallTimeline.retried(in: JournalSnapshot(entries: once + entries), most: 2)
        #expect(text.hasSuffix("\n… and 28 more calls that were tried again\n") && !text.contains("once"))
        #expect(CallTimeline.retried(in: JournalSnapshot(entries: once)) == "")
        #expect(!CallTimeline.retried(in: JournalSnapshot(entries: entries, dropped: 1), most: 1).contains("fits"))
    }

    @Test func asJSON() {
        let value = Self.retried.value()
        let fields = value.fields ?? [:]
        #expect(fields["fits"] == ["legacy", "standard", "adaptive"])
        #expect(fields["milliseconds"] == .double(4000) && fields["outcome"] == "success")
        #expect(
            fields["gaps"] == [
                ["retry": 1, "milliseconds": .double(490)], ["retry": 2, "milliseconds": .double(1500)],
            ])
        let misses = fields["misses"]?.fields ?? [:]
        #expect(misses.map(\.name) == ["standard-2026"])
        #expect(Self.retried.value(isJudged: false).fields?["fits"] == .null)
        #expect(Self.retried.value(isJudged: false).fields?["misses"] == nil)
        let once = Self.call(Scripted.call(answers: [Scripted.fine])).value().fields ?? [:]
        #expect(once["fits"] == [] && once["misses"] == [:] && once["gaps"] == [])
    }

    @Test func asJUnit() {
        var finding = VerifyReport.Finding(label: "s3.<a>", location: World.here, problems: ["\"p\"\n\u{1}", "q & r"])
        finding.notes = ["n"]
        let held = VerifyReport.Finding(label: "held", location: World.here, problems: [])
        let report = VerifyReport(findings: [finding, held], refusal: nil)
        #expect(
            JUnit(report.junitCases(sandbox: "x")).text == """
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuites>
                  <testsuite name="awry" tests="2" failures="1" errors="0" skipped="0" time="0.0">
                    <testcase classname="awry.expect.x" name="s3.&lt;a&gt;" file="test.yaml" line="1">\
                <failure message="&quot;p&quot;&#10;\u{FFFD}">&quot;p&quot;&#10;\u{FFFD}
                q &amp; r</failure><system-out>n</system-out></testcase>
                    <testcase classname="awry.expect.x" name="held" file="test.yaml" line="1"/>
                  </testsuite>
                </testsuites>

                """)
        let refused = JUnit(VerifyReport(findings: [], refusal: "dropped").junitCases(sandbox: "x")).text
        #expect(refused.contains("tests=\"1\" failures=\"0\" errors=\"1\""))
        #expect(refused.contains("<error message=\"dropped\">dropped</error>"))
    }
}
