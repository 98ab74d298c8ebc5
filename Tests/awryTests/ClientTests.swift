// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Testing

@testable import awry

/// What the commands that speak to a running server make of endpoints and answers.
@Suite struct ClientTests {
    @Test(
        arguments: [
            ("http://127.0.0.1:4566", "127.0.0.1", 4566, nil), ("HTTP://localhost:80/", "localhost", 80, nil),
            ("http://awry", "awry", 80, nil), ("http://[::1]:4566", "::1", 4566, nil), ("http://[::1]", "::1", 80, nil),
            ("http://h:1/_sandbox/mine", "h", 1, "mine"), ("http://h:1/_sandbox/mine/", "h", 1, "mine"),
        ] as [(String, String, UInt16, String?)])
    func endpointsAreTakenApart(text: String, host: String, port: UInt16, sandbox: String?) throws {
        let endpoint = try #require(Endpoint(text))
        #expect((endpoint.host, endpoint.port) == (host, port))
        #expect(endpoint.sandbox == sandbox)
    }

    @Test(arguments: [
        "", "http://", "https://h", "h:1", "http://h:x", "http://h:70000", "http://h/path", "http://h?q", "http://:1",
        "http://h:1/_sandbox/", "http://h:1/_sandbox/a/b",
    ])
    func whatIsNoEndpointIsRefused(text: String) {
        #expect(Endpoint(text) == nil)
    }

    private func taken(_ text: String) -> ControlClient.Answer? { ControlClient.answer(Array(text.utf8)) }

    @Test func anAnswerHasStatusAndBody() throws {
        let answer = try #require(taken("HTTP/1.1 409 Conflict\r\nContent-Length: 12\r\n\r\n{\"a\": true}\n"))
        #expect(answer.status == 409)
        #expect(answer.value == ["a": true])
        #expect(taken("HTTP/1.1 204 No Content\r\n\r\n")?.value == .null)
    }

    @Test func anAnswerMayHoldMoreThanARequest() {
        let count = JSON.Limits().values
        let answer = taken("HTTP/1.1 200 OK\r\n\r\n[0" + String(repeating: ",0", count: count) + "]")
        #expect(answer?.value.list?.count == count + 1)
    }

    @Test(arguments: [
        "", "HTTP/1.1 200 OK\r\n", "SSH-2.0-OpenSSH\r\n\r\n", "HTTP/1.1 x\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n{}",
    ])
    func whatIsNoWholeAnswerIsNone(text: String) {
        #expect(taken(text) == nil)
    }

    @Test func aReportInWords() {
        let finding: Value = [
            "match": "s3.*", "file": "a.yaml", "line": 3, "holds": false, "problems": ["p"], "notes": ["n"],
        ]
        let report: Value = ["holds": false, "refused": .null, "expectations": .list([finding])]
        #expect(VerdictText.text(report) == "a.yaml:3: p\na.yaml:3: note: n\n1 expectation, 1 not met\n")
        var named = report.fields ?? [:]
        named["sandbox"] = "mine"
        #expect(
            VerdictText.text(["sandboxes": .list([.structure(named)])])
                .hasSuffix("sandbox mine: 1 expectation, 1 not met\n"))
        #expect(VerdictText.text(["refused": "dropped"]) == "not judged: dropped\n")
    }

    @Test(arguments: ["", "{}", "{\"pid\": 1}", "{\"pid\": \"7\"}", "[", "{\"pid\": 99999999999}"])
    func aRecordThatNoDaemonWroteIsNone(text: String) {
        #expect(DaemonState.Record(Array(text.utf8)) == nil)
    }

    @Test func aDaemonsRecordIsReadAsItWasWritten() throws {
        let record = DaemonState.Record(pid: 77, endpoint: "http://127.0.0.1:1")
        #expect(DaemonState.Record(Array(JSON.text(record.value).utf8)) == record)
        #expect(try DaemonState(home: "/h", state: "relative").log == "/h/.local/state/awry/awry.log")
        #expect(try DaemonState(home: "/h", state: "/s").log == "/s/awry/awry.log")
        #expect(throws: Refusal.self) { try DaemonState(home: nil, state: nil) }
    }
}
