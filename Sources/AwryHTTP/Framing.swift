// SPDX-License-Identifier: Apache-2.0

/// What a request's head says about the body and about the connection (RFC 9112 6 and 9).
public struct Framing: Sendable, Equatable {
    /// How the body's end is known.
    public enum Body: Sendable, Equatable {
        /// There is none.
        case none
        /// It has this many bytes, at least one.
        case length(Int)
        /// It comes in chunks.
        case chunked
    }

    /// How the body's end is known.
    public var body: Body = .none
    /// Whether the client would use the connection again.
    public var keepsAlive = true
    /// Whether the client waits for `100 Continue` before it sends the body.
    public var expectsContinue = false

    /// A framing without a body that keeps the connection.
    public init() {}

    /// The framing that these header fields ask for.
    init(_ bytes: Span<UInt8>, _ fields: [RequestHead.Field], minorVersion: UInt8) throws(Refusal) {
        var reader = Reader(minorVersion: minorVersion)
        for field in fields { try reader.take(bytes, field) }
        self = try reader.finish()
    }
}

/// Collects what the fields say, one after the other.
private struct Reader {
    let minorVersion: UInt8
    var length: Int?
    var codings = 0
    var lastIsChunked = false
    var chunkedTwice = false
    var hosts = 0
    var close = false
    var keep = false
    var expects = false

    init(minorVersion: UInt8) {
        self.minorVersion = minorVersion
    }

    mutating func take(_ bytes: Span<UInt8>, _ field: RequestHead.Field) throws(Refusal) {
        switch field.name.count {
        case 4 where bytes.equals(field.name, "host"):
            hosts += 1
            // RFC 9112 3.2: exactly one, and a valid one. Blanks, commas and slashes never are part of a host.
            for index in field.value where ASCII.endsHost(bytes[index]) { throw .badHost }
        case 6 where bytes.equals(field.name, "expect"):
            guard bytes.equals(field.value, "100-continue") else { throw .unknownExpectation }
            expects = true
        case 10 where bytes.equals(field.name, "connection"):
            _ = bytes.eachElement(field.value) { element in
                if bytes.equals(element, "close") { close = true }
                if bytes.equals(element, "keep-alive") { keep = true }
                return true
            }
        case 14 where bytes.equals(field.name, "content-length"):
            try takeLength(bytes, field.value)
        case 17 where bytes.equals(field.name, "transfer-encoding"):
            _ = bytes.eachElement(field.value) { element in
                codings += 1
                chunkedTwice = chunkedTwice || lastIsChunked
                lastIsChunked = bytes.equals(element, "chunked")
                return true
            }
            if codings == 0 { throw .badTransferEncoding }
        default: break
        }
    }

    /// RFC 9112 6.3, 5: a list of equal values counts as one, anything else is an error that cannot be recovered from.
    private mutating func takeLength(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(Refusal) {
        var start = range.lowerBound
        repeat {
            var end = start
            while end < range.upperBound, bytes[end] != UInt8(ascii: ",") { end += 1 }
            let value = try number(bytes, bytes.trimmed(start..<end))
            if let length, length != value { throw .conflictingContentLength }
            length = value
            start = end + 1
        } while start <= range.upperBound
    }

    private func number(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(Refusal) -> Int {
        if range.isEmpty { throw .badContentLength }
        var value = 0
        for index in range {
            guard ASCII.isDigit(bytes[index]) else { throw .badContentLength }
            // What no machine could hold stays at a size that every limit refuses.
            value = value > Int.max / 10 - 1 ? Int.max / 10 : value * 10 + Int(bytes[index] - 0x30)
        }
        return value
    }

    func finish() throws(Refusal) -> Framing {
        if hosts == 0, minorVersion > 0 { throw .missingHost }
        if hosts > 1 { throw .badHost }
        var framing = Framing()
        framing.keepsAlive = minorVersion > 0 ? !close : keep && !close
        if codings > 0 {
            if length != nil { throw .lengthAndCoding }
            if minorVersion == 0 { throw .codingInOldVersion }
            if !lastIsChunked || chunkedTwice { throw .badTransferEncoding }
            if codings > 1 { throw .unknownTransferEncoding }
            framing.body = .chunked
        } else if let length, length > 0 {
            framing.body = .length(length)
        }
        // RFC 9110 10.1.1: ignored from HTTP/1.0 clients, and meaningless without a length or a coding.
        framing.expectsContinue = expects && minorVersion > 0 && (framing.body != .none || length != nil)
        return framing
    }
}
