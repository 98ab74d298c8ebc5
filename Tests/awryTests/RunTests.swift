// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import AwryScenario
@testable import awry

/// `awry run`: the command's environment, and the verdict in its forms.
@Suite struct RunTests {
    private func environment(_ entries: [String], own: [(name: String, value: String)] = []) -> [String] {
        var environment = ClientEnvironment(entries.map { Array($0.utf8) })
        environment.point(at: "http://127.0.0.1:1", own: own)
        return environment.entries.map { String(decoding: $0, as: UTF8.self) }.sorted()
    }

    private static let pointed = [
        "AWRY_ENDPOINT=http://127.0.0.1:1", "AWS_ACCESS_KEY_ID=test", "AWS_DEFAULT_REGION=us-east-1",
        "AWS_ENDPOINT_URL=http://127.0.0.1:1", "AWS_REGION=us-east-1", "AWS_SECRET_ACCESS_KEY=test",
    ]

    @Test func anEmptyEnvironmentGetsWhatAnSDKNeeds() {
        #expect(environment([]) == Self.pointed)
    }

    @Test(arguments: [
        "AWS_ENDPOINT_URL_S3=https://s3", "AWS_PROFILE=p", "AWS_DEFAULT_PROFILE=p", "AWS_SESSION_TOKEN=t",
        "AWS_SECURITY_TOKEN=t", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS=true", "AWS_ACCESS_KEY_ID=AKIAREAL",
        "AWS_ENDPOINT_URL=https://elsewhere",
    ])
    func nothingLeadsTheProgramElsewhere(entry: String) {
        #expect(environment([entry]) == Self.pointed)
    }

    @Test(arguments: ["AWS_REGION", "AWS_DEFAULT_REGION"])
    func oneRegionSpeaksForBoth(name: String) {
        let set = environment(["\(name)=eu-north-1"])
        #expect(set.contains("AWS_REGION=eu-north-1") && set.contains("AWS_DEFAULT_REGION=eu-north-1"))
    }

    @Test func whatTheScenarioSetsGoesFirst() {
        let set = environment([], own: [("AWS_ACCESS_KEY_ID", "sandbox.mine"), ("X", "a=b")])
        #expect(set.contains("AWS_ACCESS_KEY_ID=sandbox.mine") && set.contains("X=a=b"))
    }

    @Test func aProxyIsNotAskedForThisMachine() {
        let set = environment(["http_proxy=http://p", "NO_PROXY=corp"])
        #expect(set.contains("NO_PROXY=corp,127.0.0.1") && set.contains("no_proxy=127.0.0.1"))
    }

    @Test func bytesThatAreNotTextStay() {
        var environment = ClientEnvironment([Array("RAW=".utf8) + [0xFF, 0xFE]])
        environment.point(at: "http://127.0.0.1:1", own: [])
        #expect(environment.entries.contains(Array("RAW=".utf8) + [0xFF, 0xFE]))
    }

    private func verdict(_ status: Int32, problems: [String] = [], refusal: String? = nil) -> RunVerdict {
        let finding = VerifyReport.Finding(
            label: "s3.<all>", location: SourceLocation(file: "a.yaml", line: 3, column: 1), problems: problems)
        let report = VerifyReport(findings: refusal == nil ? [finding] : [], refusal: refusal)
        return RunVerdict(
            command: ["prog", "a&b"], status: status, nanoseconds: 1_500_000_000,
            judged: [RunVerdict.Judged(sandbox: "default", report: report)])
    }

    @Test(arguments: [(0, [], 0), (0, ["p"], 3), (7, [], 7), (7, ["p"], 7)] as [(Int32, [String], Int32)])
    func theCommandsStatusWins(status: Int32, problems: [String], wanted: Int32) {
        #expect(verdict(status, problems: problems).exitStatus == wanted)
    }

    @Test func whatCannotBeJudgedDoesNotPass() {
        #expect(verdict(0, refusal: "dropped").exitStatus == 3)
        #expect(verdict(0, refusal: "dropped").text == "awry: not judged: dropped\n")
    }

    @Test func junitHoldsTheCommandAndEachExpectation() {
        let text = verdict(2, problems: ["p <1>", "q"]).junit.text
        #expect(text.contains(#"tests="2" failures="2" errors="0" skipped="0" time="1.5""#))
        #expect(text.contains(#"<testcase classname="awry.run" name="prog a&amp;b">"#))
        #expect(text.contains(#"name="s3.&lt;all"#) && text.contains(#"file="a.yaml" line="3""#))
        #expect(text.contains(#"<failure message="p &lt;1"#) && text.contains("exit status 2"))
    }
}
