// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import Testing

/// Each fault as the connection's state machine carries it out: what goes out, and how it ends.
@Suite struct FaultTests {
    private static let body = "<Error><Code>SlowDown</Code></Error>"

    /// What a request gets whose answer is broken so.
    private func broken(
        _ name: String, after: Int? = nil, body: String = Self.body, status: Int = 200, method: String = "GET",
        version: String = "1.1"
    ) throws -> (transcript: Transcript, connection: HTTPConnection) {
        let fault = ConnectionFault(try #require(FaultKind.named(name)), after: after)
        var connection = HTTPConnection(limits: HTTPLimits())
        var transcript = Transcript()
        connection.received(Array("\(method) /x HTTP/\(version)\r\nHost: h\r\n\r\n".utf8).span)
        var output = HTTPOutput()
        guard case .head = connection.next(into: &output, date: Transcript.date) else {
            throw Problem.noHead
        }
        let message = Reply.Message(
            status: status, headers: [Header("Content-Type", "text/xml"), Header("x-a", "b")], body: Array(body.utf8))
        connection.answer(Reply(.broken(fault.kind.cutsAnswer ? message : nil, fault), token: 3))
        transcript.pump(&connection)
        return (transcript, connection)
    }

    private enum Problem: Error { case noHead }

    @Test func resetSendsNothing() throws {
        let (transcript, _) = try broken("reset")
        #expect(transcript.output == [])
        #expect(transcript.lines == ["answered 3 0 cut", "reset"])
    }

    @Test func closeSendsNothing() throws {
        let (transcript, connection) = try broken("close")
        #expect(transcript.output == [])
        #expect(transcript.lines == ["answered 3 0 cut", "close"])
        #expect(connection.waiting == .nothing)
    }

    @Test func closeMidHeadersEndsAmidALine() throws {
        let (transcript, _) = try broken("closeMidHeaders")
        #expect(transcript.text.hasPrefix("HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n"))
        #expect(!transcript.text.contains("\r\n\r\n"))
        #expect(transcript.output.last.map { $0 > 0x20 } == true)
        #expect(transcript.lines.last == "close")
    }

    @Test(arguments: [(nil, 18), (0, 0), (5, 5), (36, 36), (999, 999)] as [(Int?, Int)])
    func truncatePromisesMoreThanItSends(after: Int?, sent: Int) throws {
        let (transcript, _) = try broken("truncate", after: after)
        let parts = transcript.text.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
        try #require(parts.count == 2)
        #expect(parts[0].contains("\r\nContent-Length: \(max(36, sent + 1))\r\n"))
        #expect(!parts[0].contains("Connection"))
        #expect(parts[1] == (Self.body + String(repeating: " ", count: 999)).prefix(sent))
        #expect(transcript.lines == ["answered 3 \(transcript.output.count) cut", "close"])
    }

    @Test func truncatePromisesMoreThanAnEmptyBody() throws {
        let (transcript, _) = try broken("truncate", body: "")
        #expect(transcript.text.contains("\r\nContent-Length: 1\r\n"))
        #expect(transcript.text.hasSuffix("\r\n\r\n"))
    }

    @Test(arguments: [("HEAD", 200), ("GET", 204), ("GET", 304)])
    func answersWithoutABodyAreCutInTheirHead(method: String, status: Int) throws {
        for name in ["truncate", "resetMidBody", "stall", "badChunk"] {
            let (transcript, _) = try broken(name, status: status, method: method)
            #expect(transcript.text.hasPrefix("HTTP/1.1 \(status) "))
            #expect(!transcript.text.contains("\r\n\r\n"))
        }
    }

    @Test func resetMidBodySendsApart() throws {
        let (transcript, _) = try broken("resetMidBody", after: 7)
        #expect(transcript.text.hasSuffix("\r\n\r\n<Error>"))
        #expect(transcript.lines.last == "reset")
    }

    @Test func stallWaitsForTheClientToGo() throws {
        var (transcript, connection) = try broken("stall", after: 7)
        #expect(transcript.text.hasSuffix("\r\n\r\n<Error>"))
        #expect(transcript.lines == ["answered 3 \(transcript.output.count) cut"])
        #expect(connection.waiting == .silence)
        #expect(connection.wantsInput)
        connection.received(Array("GET /2 HTTP/1.1\r\n\r\n".utf8).span)
        transcript.pump(&connection)
        #expect(connection.waiting == .silence)
        connection.peerEnded()
        transcript.pump(&connection)
        #expect(transcript.lines.last == "close")
    }

    @Test func silenceHasALimit() throws {
        for name in ["stall", "blackhole"] {
            var (transcript, connection) = try broken(name)
            connection.timedOut()
            transcript.pump(&connection)
            #expect(transcript.lines.last == "close")
        }
    }

    @Test func silenceEndsWithTheServer() throws {
        var (transcript, connection) = try broken("blackhole")
        connection.stop()
        transcript.pump(&connection)
        #expect(transcript.lines.last == "close")
    }

    @Test func blackholeSendsNothing() throws {
        let (transcript, connection) = try broken("blackhole")
        #expect(transcript.output == [])
        #expect(transcript.lines == ["answered 3 0 cut"])
        #expect(connection.waiting == .silence)
    }

    @Test func garbageIsNoHTTP() throws {
        let (transcript, _) = try broken("garbage")
        #expect(transcript.output.count == 98)
        #expect(!transcript.text.contains("HTTP/"))
        #expect(transcript.lines.last == "close")
    }

    @Test func badChunkBeginsWell() throws {
        let (transcript, _) = try broken("badChunk", after: 7)
        #expect(transcript.text.contains("\r\nTransfer-Encoding: chunked\r\n"))
        #expect(!transcript.text.contains("Content-Length"))
        #expect(transcript.text.hasSuffix("\r\n\r\n7\r\n<Error>\r\nzz\r\n"))
        #expect(transcript.lines.last == "close")
    }

    @Test func badChunkIsCutForHTTP10() throws {
        let (transcript, _) = try broken("badChunk", version: "1.0")
        #expect(!transcript.text.contains("\r\n\r\n"))
    }

    @Test func badXmlIsWholeAndKeepsTheConnection() throws {
        let (transcript, connection) = try broken("badXml", after: 7)
        #expect(transcript.text.contains("\r\nContent-Length: 8\r\n"))
        #expect(transcript.text.contains("\r\nContent-Type: text/xml\r\n"))
        #expect(transcript.text.hasSuffix("\r\n\r\n<Error><"))
        #expect(transcript.lines == ["answered 3 \(transcript.output.count)"])
        #expect(connection.isIdle)
    }

    @Test func badXmlStandsInForOtherBodies() throws {
        let (transcript, _) = try broken("badXml", body: "")
        #expect(transcript.text.contains("<?xml"))
        #expect(transcript.text.hasSuffix("<"))
    }

    @Test(arguments: [(nil, #"{"a":"b"}"#), (0, "{}"), (999, "{\"a\":{}}\n"), (nil, "[1]")] as [(Int?, String)])
    func badJsonLacksItsEnd(after: Int?, body: String) throws {
        let (transcript, _) = try broken("badJson", after: after, body: body)
        let sent = transcript.text.split(separator: "\r\n\r\n", maxSplits: 1)[1]
        #expect(sent.hasPrefix("{"))
        #expect(throws: JSON.Mistake.self) { try JSON.parse(String(sent)) }
        #expect(transcript.text.contains("\r\nContent-Type: application/json\r\n"))
    }

    @Test func theRequestIsReadBeforeIt() throws {
        var connection = HTTPConnection(limits: HTTPLimits(drainedBytes: 100))
        var transcript = Transcript()
        var output = HTTPOutput()
        connection.received(Array("PUT /x HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\n12345".utf8).span)
        _ = connection.next(into: &output, date: Transcript.date)
        connection.answer(Reply(.broken(nil, ConnectionFault(try #require(FaultKind.named("reset")))), token: 3))
        transcript.pump(&connection)
        #expect(transcript.lines == [])
        #expect(connection.waiting == .body)
        #expect(connection.unwrittenToken == 3)
        connection.received(Array("67890".utf8).span)
        transcript.pump(&connection)
        #expect(transcript.lines == ["answered 3 0 cut", "reset"])
    }

    @Test(arguments: ["Content-Length: 101\r\n", "Expect: 100-continue\r\nContent-Length: 10\r\n"])
    func someBodiesAreNotWaitedFor(headers: String) throws {
        var connection = HTTPConnection(limits: HTTPLimits(drainedBytes: 100))
        var transcript = Transcript()
        var output = HTTPOutput()
        connection.received(Array("PUT /x HTTP/1.1\r\nHost: h\r\n\(headers)\r\n".utf8).span)
        _ = connection.next(into: &output, date: Transcript.date)
        connection.answer(Reply(.broken(nil, ConnectionFault(try #require(FaultKind.named("close"))))))
        transcript.pump(&connection)
        #expect(transcript.lines == ["close"])
    }

    @Test func aBodyThatNeverComesDelaysNoFaultForEver() throws {
        var connection = HTTPConnection(limits: HTTPLimits())
        var transcript = Transcript()
        var output = HTTPOutput()
        connection.received(Array("PUT /x HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\n".utf8).span)
        _ = connection.next(into: &output, date: Transcript.date)
        connection.answer(Reply(.broken(nil, ConnectionFault(try #require(FaultKind.named("reset"))))))
        transcript.pump(&connection)
        connection.timedOut()
        transcript.pump(&connection)
        #expect(transcript.lines == ["reset"])
    }

    @Test func everyKindIsListed() {
        #expect(Set(FaultKind.all.map(\.name)).count == FaultKind.all.count)
        #expect(FaultKind.all.allSatisfy { kind in kind.withBody.map { FaultKind.named($0) != nil } ?? true })
    }
}
