// SPDX-License-Identifier: Apache-2.0

/// Reads a request's head as it arrives. Judges line by line, so that what it says of some bytes does not depend on the
/// pieces in which they came.
///
/// The caller keeps the bytes: each call gets all of them from the head's first on, and the parser remembers how far it
/// has looked.
public struct HeadParser: Sendable {
    /// What the bytes so far amount to.
    public enum Outcome: Sendable {
        /// The head's end is not there yet.
        case needsMore
        /// A head, what it says of the body, and how many of the bytes it takes.
        case head(RequestHead, Framing, consumed: Int)
        /// A mistake.
        case refused(Refusal)
    }

    private let limits: HTTPLimits
    /// Where the request line begins, empty lines before it left out.
    private var headStart = 0
    private var lineStart = 0
    /// Up to where no line feed was found.
    private var scanned = 0
    private var requestLine: RequestLine?
    private var fields: [RequestHead.Field] = []

    /// A parser at the beginning of a head.
    public init(limits: HTTPLimits) {
        self.limits = limits
    }

    /// Looks at what arrived. After `.head` and `.refused` the parser is at the beginning of the next head.
    public mutating func parse(_ bytes: Span<UInt8>) -> Outcome {
        do throws(Refusal) {
            while let feed = bytes.first(ASCII.lineFeed, from: scanned) {
                try check(bytes, end: feed + 1)
                scanned = feed + 1
                guard feed > lineStart, bytes[feed - 1] == ASCII.carriageReturn else { throw .bareLineFeed }
                if try takeLine(bytes, lineStart..<(feed - 1)) { return try finish(bytes) }
                lineStart = scanned
            }
            try check(bytes, end: bytes.count)
            scanned = bytes.count
            return .needsMore
        } catch {
            reset()
            return .refused(error)
        }
    }

    /// Sizes, and the first byte, which tells what is no HTTP at all before a line's end comes.
    private func check(_ bytes: Span<UInt8>, end: Int) throws(Refusal) {
        guard requestLine == nil else {
            if end > limits.headBytes { throw .headTooLarge }
            return
        }
        if lineStart < bytes.count {
            let first = bytes[lineStart]
            guard ASCII.isToken(first) || first == ASCII.carriageReturn || first == ASCII.lineFeed else {
                throw .badMethod
            }
        }
        if end - lineStart > limits.requestLineBytes || end > limits.headBytes { throw .targetTooLong }
    }

    /// Takes a line whose CR LF is left out; whether it was the head's last.
    private mutating func takeLine(_ bytes: Span<UInt8>, _ line: Range<Int>) throws(Refusal) -> Bool {
        guard requestLine != nil else {
            // RFC 9112 2.2: empty lines before the request line are to be ignored.
            guard !line.isEmpty else {
                headStart = line.upperBound + 2
                return false
            }
            requestLine = try RequestLine(bytes, line)
            fields.reserveCapacity(16)
            return false
        }
        if line.isEmpty { return true }
        if fields.count >= limits.headerCount { throw .tooManyHeaders }
        fields.append(try FieldLine.parse(bytes, line))
        return false
    }

    private mutating func finish(_ bytes: Span<UInt8>) throws(Refusal) -> Outcome {
        guard let line = requestLine else { throw .badRequestLine }
        let framing = try Framing(bytes, fields, minorVersion: line.minorVersion)
        let copy = bytes.extracting(headStart..<scanned).withUnsafeBufferPointer { Array($0) }
        if headStart > 0 {
            for index in fields.indices { fields[index].shift(by: headStart) }
        }
        let head = RequestHead(
            bytes: copy, methodRange: line.method.shifted(by: headStart),
            targetRange: line.target.shifted(by: headStart),
            minorVersion: line.minorVersion, fields: fields)
        let consumed = scanned
        reset()
        return .head(head, framing, consumed: consumed)
    }

    private mutating func reset() {
        headStart = 0
        lineStart = 0
        scanned = 0
        requestLine = nil
        fields = []
    }
}

extension Range<Int> {
    /// The range counted from `start`.
    fileprivate func shifted(by start: Int) -> Range<Int> { (lowerBound - start)..<(upperBound - start) }
}

extension RequestHead.Field {
    fileprivate mutating func shift(by start: Int) {
        name = name.shifted(by: start)
        value = value.shifted(by: start)
    }
}
