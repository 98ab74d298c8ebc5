// SPDX-License-Identifier: Apache-2.0

import AwryHTTP
import Testing

@Suite struct HTTPConnectionTests {
    private var connection = HTTPConnection(limits: HTTPLimits(drainedBytes: 100))
    private var transcript = Transcript()

    private mutating func receive(_ text: String) {
        connection.received(Array(text.utf8).span)
        transcript.pump(&connection)
    }

    /// One step of `pump`, which must give this action.
    private mutating func expectNext(_ name: String, sourceLocation: SourceLocation = #_sourceLocation) {
        var output = HTTPOutput()
        let action = connection.next(into: &output, date: Transcript.date)
        transcript.output += output.bytes
        #expect("\(action)".prefix { $0 != "(" } == name, sourceLocation: sourceLocation)
    }

    @Test func answersPipelinedRequestsInOrder() {
        let transcript = verified(
            "GET /1 HTTP/1.1\r\nHost: h\r\n\r\nPUT /2 HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nok"
                + "GET /now/3 HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\nGET /4 HTTP/1.1\r\nHost: h\r\n\r\n")
        #expect(
            transcript.lines == [
                #"head GET /1 ["Host=h"]"#, "body 0 []", #"head PUT /2 ["Host=h", "Content-Length=2"]"#, "body 2 []",
                #"head GET /now/3 ["Host=h", "Connection=close"]"#, "close",
            ])
        #expect(transcript.text.ranges(of: "HTTP/1.1 200").count == 3)
    }

    @Test mutating func waitsForThePromisedAnswerBeforeTheNextRequest() {
        connection.received(Array("GET /1 HTTP/1.1\r\nHost: h\r\n\r\nGET /now HTTP/1.1\r\nHost: h\r\n\r\n".utf8).span)
        expectNext("head")
        connection.readBody(limit: 0)
        expectNext("body")
        connection.postpone()
        expectNext("wait")
        #expect(connection.waiting == .answer)
        connection.answer(Transcript.reply("late"))
        transcript.pump(&connection)
        #expect(transcript.lines == [#"head GET /now ["Host=h"]"#])
        #expect(transcript.text.contains("late"))
        #expect(connection.isIdle)
    }

    @Test mutating func holdsADelayedAnswerBack() {
        connection.received(Array("GET /1 HTTP/1.1\r\nHost: h\r\n\r\n".utf8).span)
        expectNext("head")
        connection.answer(Reply(.bytes([0x61], close: true), delay: .seconds(1), token: 5))
        expectNext("wait")
        #expect(connection.waiting == .delay)
        #expect(connection.unwrittenToken == 5)
        connection.timedOut()
        transcript.pump(&connection)
        #expect(transcript.output == [0x61])
        #expect(transcript.lines == ["answered 5 1", "close"])
    }

    @Test mutating func asksForTheBody() {
        receive("PUT /k HTTP/1.1\r\nHost: h\r\nExpect: 100-Continue\r\nContent-Length: 2\r\n\r\n")
        #expect(transcript.text == "HTTP/1.1 100 Continue\r\n\r\n")
        receive("ok")
        #expect(transcript.lines.last == "body 2 []")
        #expect(connection.isIdle)
    }

    @Test mutating func doesNotAskForABodyThatIsThere() {
        receive("PUT /k HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nok")
        #expect(!transcript.text.contains("100 Continue"))
        #expect(connection.isIdle)
    }

    @Test mutating func answersInsteadOfAskingAndCloses() {
        receive("PUT /now HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n")
        #expect(!transcript.text.contains("100 Continue"))
        #expect(transcript.text.contains("Connection: close\r\n"))
        #expect(transcript.lines.last == "close")
    }

    @Test mutating func saysContinueBeforeTheAnswerToAnEmptyBody() {
        receive("PUT /k HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 0\r\n\r\n")
        #expect(transcript.text.hasPrefix("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 "))
        #expect(connection.isIdle)
    }

    @Test mutating func ignoresTheExpectationOfOldClients() {
        receive("PUT /k HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n")
        #expect(transcript.text == "")
        receive("ok")
        #expect(transcript.lines.last == "close")
    }

    @Test mutating func dropsABodyWithinTheBound() {
        receive("PUT /now HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n\r\n")
        #expect(transcript.text.contains("now"))
        #expect(connection.waiting == .body)
        receive(String(repeating: "x", count: 100) + "GET /now/2 HTTP/1.1\r\nHost: h\r\n\r\n")
        #expect(transcript.lines.last == #"head GET /now/2 ["Host=h"]"#)
    }

    @Test mutating func closesRatherThanDropALargerBody() {
        receive("PUT /now HTTP/1.1\r\nHost: h\r\nContent-Length: 101\r\n\r\n")
        #expect(transcript.text.contains("Connection: close\r\n"))
        #expect(transcript.lines.last == "close")
    }

    @Test mutating func closesWhenAChunkedBodyIsLargerThanTheBound() {
        receive("PUT /now HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n")
        #expect(transcript.lines.count == 1)
        receive("65\r\n" + String(repeating: "x", count: 101))
        #expect(transcript.lines.last == "close")
        #expect(transcript.text.ranges(of: "HTTP/1.1").count == 1, "it is answered already")
    }

    @Test func givesABodyToItsSinkAfterTheAnswer() {
        let next = "GET /now HTTP/1.1\r\nHost: h\r\n\r\n"
        let kept = verified("PUT /now/sink HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\nbody" + next)
        let heads = kept.lines.map { $0.prefix { $0 != "[" } }
        #expect(heads == ["head PUT /now/sink ", "remainder 4", "head GET /now ", "close"])
        let last = verified("PUT /now/sink HTTP/1.1\r\nHost: h\r\nContent-Length: 11\r\n\r\nlonger body" + next)
        #expect(!last.lines.contains { $0.hasPrefix("remainder") }, "longer than it takes")
        let none = verified("PUT /now/sink HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n" + next)
        #expect(none.lines.count == 3)
        let chunked = verified(
            "PUT /now/sink HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n" + next)
        #expect(chunked.lines.count == 3)
    }

    @Test mutating func givesNoBodyThatDidNotComeWhole() {
        let sink = Sink(limit: 10)
        connection.received(Array("PUT /k HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\nbo".utf8).span)
        expectNext("head")
        connection.answer(Reply(.message(Reply.Message(status: 200)), sink: sink))
        transcript.pump(&connection)
        #expect(transcript.text.hasPrefix("HTTP/1.1 200"), "the answer does not wait for the body")
        #expect(transcript.lines.isEmpty)
        connection.timedOut()
        transcript.pump(&connection)
        #expect(transcript.lines == ["close"])
        #expect(sink.bodies.isEmpty)
    }

    @Test mutating func givesABodyThatCameBeforeTheConnectionCloses() {
        let sink = Sink(limit: 10)
        connection.received(
            Array("PUT /k HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: 4\r\n\r\nbody".utf8).span)
        expectNext("head")
        connection.answer(Reply(.bytes([0x61], close: true), token: 7, sink: sink))
        transcript.pump(&connection)
        #expect(transcript.lines == ["answered 7 1", "remainder 4", "close"])
        #expect(sink.bodies == ["body"])
    }

    @Test func keepsOldConnectionsOnlyWhenAsked() {
        #expect(verified("GET /now HTTP/1.0\r\n\r\nGET /now HTTP/1.0\r\n\r\n").lines.count == 2)
        let kept = verified("GET /now HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET /now/2 HTTP/1.0\r\n\r\n")
        #expect(kept.lines.count == 3)
        #expect(kept.text.contains("Connection: keep-alive\r\n"))
    }

    @Test mutating func timesOut() {
        #expect(connection.waiting == .request)
        receive("GET / HT")
        #expect(connection.waiting == .head)
        connection.timedOut()
        transcript.pump(&connection)
        #expect(transcript.lines == ["refused headTimeout", "close"])

        connection = HTTPConnection(limits: HTTPLimits())
        receive("PUT /k HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nx")
        #expect(connection.waiting == .body)
        connection.timedOut()
        transcript.pump(&connection)
        #expect(transcript.lines.suffix(2) == ["refused bodyTimeout", "close"])

        connection = HTTPConnection(limits: HTTPLimits())
        connection.timedOut()
        transcript.lines = []
        transcript.pump(&connection)
        #expect(transcript.lines == ["close"])
    }

    @Test mutating func finishesWhatIsUnderWayWhenItStops() {
        receive("PUT /k HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nx")
        connection.stop()
        transcript.pump(&connection)
        #expect(transcript.lines.last != "close")
        receive("y")
        #expect(transcript.text.contains("Connection: close\r\n"))
        #expect(transcript.lines.last == "close")
    }

    @Test mutating func takesLittleAheadOfAnAnswer() {
        connection.received(Array("GET /1 HTTP/1.1\r\nHost: h\r\n\r\n".utf8).span)
        expectNext("head")
        #expect(connection.wantsInput)
        connection.received([UInt8](repeating: 0x61, count: 65_536).span)
        #expect(!connection.wantsInput)
    }

    @Test mutating func collectsABoundedOutput() {
        var text = ""
        for _ in 0..<2000 { text += "GET /now HTTP/1.1\r\nHost: h\r\n\r\n" }
        connection.received(Array(text.utf8).span)
        var output = HTTPOutput()
        var flushes = 0
        while true {
            let action = connection.next(into: &output, date: Transcript.date)
            #expect(output.count < 80_000)
            if case .head = action { connection.answer(Transcript.reply("now")) }
            if case .flush = action {
                flushes += 1
                output.clear()
            }
            if case .wait = action { break }
        }
        #expect(flushes > 1)
        #expect(connection.isIdle)
    }
}
