// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension HTTPConnection {
    /// What is to be done now; answers are appended to `output`. `date` is the Date header's value.
    public mutating func next(into output: inout HTTPOutput, date: [UInt8]) -> Action {
        while true {
            if output.isFull { return .flush }
            if let action = handOver() { return action }
            switch phase {
            case .asked, .postponed, .delaying, .silent, .closed: return .wait
            case .streaming:
                guard stream.isOver else { return .wait }
                if let action = endStream() { return action }
            case .head:
                if let action = readHead() { return action }
            case .reading:
                if let action = readBody(into: &output) { return action }
            case .read(let whole):
                phase = .asked
                return .body(ReceivedBody(Blob(whole)))
            case .dropping:
                if let action = dropBody() { return action }
            case .ready, .draining:
                guard let reply = takeReply() else { return .wait }
                let before = output.count
                // What is to go out slowly goes out alone.
                if reply.bytesPerSecond > 0, before > 0 {
                    phase = .ready(reply)
                    return .flush
                }
                write(reply, into: &output, date: date)
                if reply.bytesPerSecond > 0, output.count > 0 { output.pace(reply.bytesPerSecond, from: before) }
                if case .streaming = phase {
                    stream.bytes = output.count - before
                    continue
                }
                guard reply.token != 0 else { continue }
                return .answered(
                    token: reply.token, bytes: output.count - before, isWhole: reply.content.isWhole)
            case .tunnelling: return openTunnel(into: &output)
            case .refusing(let refusal):
                closesAfter = true
                write(refusal.reply, into: &output, date: date)
                phase = .closing(lingering: true)
                return .refused(refusal)
            case .resetting:
                phase = .closed
                return .reset
            case .closing(let lingering):
                phase = .closed
                let hasUnread = unread > 0 || lingering
                consume(unread)
                return .close(lingering: hasUnread && !inputEnded)
            }
        }
    }

    /// The answer that may go out now, moved out of its phase; nil where it has to wait.
    private mutating func takeReply() -> Reply? {
        var taken = Phase.asked
        swap(&phase, &taken)
        switch taken {
        case .ready(let reply), .draining(let reply): return mayWrite(reply) ? reply : nil
        default:
            phase = taken
            return nil
        }
    }

    private mutating func readHead() -> Action? {
        if stopping, unread == 0 || inputEnded {
            phase = .closing(lingering: false)
            return nil
        }
        let outcome = unread == 0 ? .needsMore : Self.parse(input, from: cursor, with: &parser)
        switch outcome {
        case .needsMore:
            guard inputEnded else { return .wait }
            // Half a head and then the end: there is nobody to answer.
            consume(unread)
            phase = .closing(lingering: false)
            return nil
        case .refused(let refusal):
            framing = Framing()
            isHead = false
            minorVersion = 1
            body = .none
            phase = .refusing(refusal)
            return nil
        case .head(let head, let framing, let consumed):
            consume(consumed)
            begin(head, framing)
            return .head(head)
        }
    }

    private mutating func begin(_ head: RequestHead, _ framing: Framing) {
        self.framing = framing
        isHead = head.bytes[head.methodRange].equals("HEAD")
        minorVersion = head.minorVersion
        closesAfter = false
        owesContinue = false
        sink = nil
        if head.isConnect {
            // RFC 9110 9.3.6: it has no body, and what follows the head is for the tunnel.
            self.framing.body = .none
            self.framing.expectsContinue = false
        }
        body.begin(self.framing.body, limits: limits)
        phase = .asked
    }

    /// RFC 9110 9.3.6: a 2xx without length or coding, and the connection is as new.
    private mutating func openTunnel(into output: inout HTTPOutput) -> Action {
        output.bytes.append(contentsOf: "HTTP/1.1 200 Connection established\r\n\r\n".utf8)
        let rest = Array(input[cursor...])
        consume(rest.count)
        phase = .head
        return .tunnel(rest)
    }

    private mutating func readBody(into output: inout HTTPOutput) -> Action? {
        feedBody()
        if owesContinue {
            // RFC 9110 10.1.1: not when the body is there already.
            owesContinue = false
            if !body.isDone {
                output.bytes.append(contentsOf: "HTTP/1.1 100 Continue\r\n\r\n".utf8)
                // The client now sends the body, as if it had never asked.
                framing.expectsContinue = false
            }
        }
        if let refusal = body.refusal {
            phase = .refusing(refusal)
            return nil
        }
        guard body.isDone else {
            guard inputEnded else { return .wait }
            phase = .closing(lingering: false)
            return nil
        }
        phase = .asked
        return .body(body.finish())
    }

    private mutating func dropBody() -> Action? {
        feedBody()
        if body.isDone {
            phase = .head
            return nil
        }
        if body.refusal != nil || inputEnded {
            // The answer is out already: nothing is left to say.
            phase = .closing(lingering: true)
            return nil
        }
        return .wait
    }

    /// Gives a body for which the answer did not wait to whom it is for, once it is there.
    private mutating func handOver() -> Action? {
        guard let sink, body.isDone else { return nil }
        self.sink = nil
        return .remainder(Array(body.finish().data.bytes), sink)
    }

    private mutating func feedBody() {
        guard unread > 0 else { return }
        consume(Self.take(input, from: cursor, into: &body))
    }

    // A span of `input` counts as an access to all of the connection; as an argument, it does not.

    private static func parse(_ input: [UInt8], from start: Int, with parser: inout HeadParser) -> HeadParser.Outcome {
        parser.parse(input.span.extracting(start..<input.count))
    }

    private static func take(_ input: [UInt8], from start: Int, into body: inout BodyReader) -> Int {
        body.take(input.span.extracting(start..<input.count))
    }

    /// Writes the answer, and decides whether another request can follow.
    private mutating func write(_ reply: Reply, into output: inout HTTPOutput, date: [UInt8]) {
        if !body.isDone, !body.isKept {
            feedUnwanted(by: reply)
            // A client that waits for `100 Continue` may send the body or not (RFC 9110 10.1.1): where it does not
            // know, the server cannot either. A body too large to be dropped is not waited for.
            if !body.isDone, framing.expectsContinue || body.left > limits.drainedBytes { closesAfter = true }
        }
        if framing.expectsContinue, framing.body == .none {
            // An empty body is there at once, and the server need not say 100. botocore takes an answer without it for
            // one that came before the body, and cannot read the next one on its connection; S3 says it.
            output.bytes.append(contentsOf: "HTTP/1.1 100 Continue\r\n\r\n".utf8)
            framing.expectsContinue = false
        }
        var stays = framing.keepsAlive && !closesAfter && !reply.closes && !stopping
        switch reply.content {
        case .message(let message):
            let encoder = ResponseEncoder(isHead: isHead, minorVersion: minorVersion, keepsAlive: stays)
            stays = encoder.append(message, date: date, to: &output)
        case .streamed(let message), .live(let message, _):
            let encoder = ResponseEncoder(isHead: isHead, minorVersion: minorVersion, keepsAlive: stays)
            let (frame, stays) = encoder.appendHead(message, date: date, to: &output)
            stream = StreamedAnswer(frame: frame, token: reply.token, stays: stays)
            phase = .streaming
            return
        case .bytes(let bytes, let close):
            output.append(body: bytes)
            stays = stays && !close
        case .broken(let message, let fault):
            breakOff(message, fault, keepsAlive: stays, into: &output, date: date)
            return
        }
        phase = stays ? .dropping : .closing(lingering: !body.isDone)
    }

    /// The body that the answer did not wait for: kept for its sink, or dropped.
    mutating func feedUnwanted(by reply: Reply) {
        if let sink = reply.sink, case .length(let length) = framing.body, length <= sink.limit {
            body.keep(BodyPlan(limit: length), limits: limits)
            self.sink = sink
        } else {
            body.drop(limit: limits.drainedBytes)
        }
        feedBody()
    }
}
