// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Reads one response as it arrives: its head, then its body, with the transfer coding taken off. What it makes of some
/// bytes does not depend on the pieces in which they came.
public struct ResponseReader: Sendable {
    private enum Phase {
        case statusLine
        case fields
        case length(Int)
        case chunked
        /// Until the connection's end (RFC 9112 6.3, 8).
        case untilEnd
        case done
    }

    private let limits: HTTPLimits
    private let answersHead: Bool
    private var phase = Phase.statusLine
    private var decoder: ChunkedDecoder
    /// The line that is under way.
    private var line: [UInt8] = []
    private var headBytes = 0
    private var coming = ResponseHead(status: 0)
    /// Whether the head allows another request on the connection.
    private var mayStay = false

    /// The final head, once it is there.
    public private(set) var head: ResponseHead?

    /// A reader of the answer to a request, whose method may have been HEAD.
    public init(toHead answersHead: Bool, limits: HTTPLimits = HTTPLimits()) {
        self.answersHead = answersHead
        self.limits = limits
        decoder = ChunkedDecoder(limits: limits)
    }

    /// Whether the response's end has been seen.
    public var isDone: Bool {
        if case .done = phase { return true }
        return false
    }

    /// Whether the connection can take another request, now that this response is done.
    public var keepsAlive: Bool { isDone && mayStay }

    /// Takes what belongs to the response and appends its body's bytes to `body`; how many bytes it took.
    public mutating func take(_ bytes: Span<UInt8>, into body: inout [UInt8]) throws(ResponseMistake) -> Int {
        var index = 0
        while index < bytes.count {
            switch phase {
            case .statusLine, .fields:
                index = try takeLine(bytes, from: index)
            case .length(let left):
                let taken = min(left, bytes.count - index)
                Self.append(bytes, index..<(index + taken), to: &body)
                index += taken
                phase = taken == left ? .done : .length(left - taken)
            case .chunked:
                switch decoder.decode(bytes.extracting(index..<bytes.count), into: &body, limit: .max) {
                case .needsMore: index = bytes.count
                case .done(let consumed):
                    index += consumed
                    phase = .done
                case .refused(let refusal): throw .malformed(refusal)
                }
            case .untilEnd:
                Self.append(bytes, index..<bytes.count, to: &body)
                index = bytes.count
            case .done: return index
            }
        }
        return index
    }

    /// The connection has ended.
    public mutating func ended() throws(ResponseMistake) {
        switch phase {
        case .untilEnd: phase = .done
        case .done: break
        case .statusLine, .fields, .length, .chunked: throw .endsEarly
        }
    }

    private static func append(_ bytes: Span<UInt8>, _ range: Range<Int>, to body: inout [UInt8]) {
        bytes.extracting(range).withUnsafeBufferPointer { body.append(contentsOf: $0) }
    }

    /// Takes as much of a head's line as there is; where it left off.
    private mutating func takeLine(_ bytes: Span<UInt8>, from start: Int) throws(ResponseMistake) -> Int {
        let feed = bytes.first(ASCII.lineFeed, from: start)
        let end = feed.map { $0 + 1 } ?? bytes.count
        headBytes += end - start
        Self.append(bytes, start..<end, to: &line)
        // What is no HTTP at all is told before a line's end comes.
        if case .statusLine = phase, !zip(line, "HTTP/1.".utf8).allSatisfy({ $0 == $1 }) { throw .badStatusLine }
        if headBytes > limits.headBytes { throw .malformed(.headTooLarge) }
        guard feed != nil else { return end }
        // RFC 9112 2.2: the carriage return may be missing.
        line.removeLast()
        if line.last == ASCII.carriageReturn { line.removeLast() }
        if case .statusLine = phase {
            try takeStatusLine()
        } else if line.isEmpty {
            try finishHead()
        } else {
            try takeField()
        }
        line.removeAll(keepingCapacity: true)
        return end
    }

    /// `HTTP/1.1 200 OK`; the reason phrase, and the space before it, may be missing.
    private mutating func takeStatusLine() throws(ResponseMistake) {
        guard line.count >= 12, ASCII.isDigit(line[7]), line[8] == ASCII.space,
            line[9..<12].allSatisfy(ASCII.isDigit), line.count == 12 || line[12] == ASCII.space
        else { throw .badStatusLine }
        let status = line[9..<12].reduce(0) { $0 * 10 + Int($1 - 0x30) }
        guard status >= 100 else { throw .badStatusLine }
        let reason = line.dropFirst(13)
        guard reason.allSatisfy(ASCII.isFieldText) else { throw .badStatusLine }
        coming = ResponseHead(
            status: status, reason: String(decoding: reason, as: UTF8.self), minorVersion: min(line[7] - 0x30, 1))
        phase = .fields
    }

    private mutating func takeField() throws(ResponseMistake) {
        if coming.headers.count >= limits.headerCount { throw .malformed(.tooManyHeaders) }
        do {
            let field = try FieldLine.parse(line.span, line.indices)
            coming.headers.append(
                Header(
                    String(decoding: line[field.name], as: UTF8.self),
                    String(decoding: line[field.value], as: UTF8.self)))
        } catch {
            throw .malformed(error)
        }
    }

    private mutating func finishHead() throws(ResponseMistake) {
        if coming.status == 101 { throw .switchesProtocols }
        guard coming.status >= 200 else {
            // RFC 9110 15.2: an interim response, which nobody waits for.
            phase = .statusLine
            return
        }
        let connection = coming.headers.filter { $0.name.lowercased() == "connection" }
            .flatMap { $0.value.lowercased().split { $0 == "," || $0 == " " || $0 == "\t" } }
        mayStay = !connection.contains("close") && (coming.minorVersion > 0 || connection.contains("keep-alive"))
        phase = try framing()
        head = coming
    }

    /// RFC 9112 6.3, for a response.
    private mutating func framing() throws(ResponseMistake) -> Phase {
        if answersHead || coming.status == 204 || coming.status == 304 { return .done }
        if let coding = coming.headers.last(where: { $0.name.lowercased() == "transfer-encoding" })?.value {
            // 6.1: what tells both a coding and a length is not to be trusted with another request.
            if coming.value("content-length") != nil { mayStay = false }
            let last = coding.lowercased().split { $0 == "," || $0 == " " || $0 == "\t" }.last
            if last == "chunked" { return .chunked }
            throw .malformed(.unknownTransferEncoding)
        }
        let lengths = Set(coming.headers.filter { $0.name.lowercased() == "content-length" }.map(\.value))
        if lengths.count > 1 { throw .malformed(.conflictingContentLength) }
        guard let text = lengths.first else {
            mayStay = false
            return .untilEnd
        }
        guard text.utf8.allSatisfy(ASCII.isDigit), let length = Int(text) else { throw .malformed(.badContentLength) }
        return length == 0 ? .done : .length(length)
    }
}
