// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Writes a response (RFC 9112 4, 6 and 9).
public struct ResponseEncoder: Sendable {
    /// Whether the request was HEAD: the body's length is told, the body is not sent (RFC 9110 9.3.2).
    public var isHead: Bool
    /// The request's minor version: 1, or 0 for HTTP/1.0.
    public var minorVersion: UInt8
    /// Whether the connection is to stay open, as far as request and server go.
    public var keepsAlive: Bool

    /// An encoder for the answer to such a request.
    public init(isHead: Bool = false, minorVersion: UInt8 = 1, keepsAlive: Bool = true) {
        self.isHead = isHead
        self.minorVersion = minorVersion
        self.keepsAlive = keepsAlive
    }

    /// Appends the message to `output`, `date` being the Date header's value; whether the connection stays open after
    /// it.
    public func append(_ message: Reply.Message, date: [UInt8], to output: inout HTTPOutput) -> Bool {
        let given = Given(message)
        // RFC 9110 6.4.1: these have no body whatever the headers say.
        let isBodiless = message.status < 200 || message.status == 204 || message.status == 304
        let isChunked = given.isChunked && minorVersion > 0 && !isBodiless
        var stays = keepsAlive && !given.closes
        if !isBodiless, !isHead, !isChunked {
            // Without a length, or with a wrong one, only the connection's end says where the body ends (RFC 9112
            // 6.3, 8).
            if let length = given.length { stays = stays && length == message.body.count }
            if given.length == nil, !given.hasLength, message.omitted.contains("content-length") { stays = false }
            if given.hasLength, given.length == nil { stays = false }
        }
        appendStatusLine(message, &output.bytes)
        // By a span, which lends each header where an array's iterator copies it.
        let headers = message.headers.span
        for index in headers.indices where isSent(headers[index], given) {
            Self.append(text: headers[index].name, &output.bytes)
            output.bytes.append(UInt8(ascii: ":"))
            output.bytes.append(ASCII.space)
            Self.append(text: headers[index].value, &output.bytes)
            output.bytes.append(ASCII.carriageReturn)
            output.bytes.append(ASCII.lineFeed)
        }
        let addsLength = !isBodiless && !given.hasLength && !given.isChunked
        appendUsual(message, given, length: addsLength ? message.body.count : nil, stays, date, &output.bytes)
        if isBodiless || isHead { return stays }
        if isChunked {
            appendChunks(message.body, &output.bytes)
        } else {
            output.append(body: message.body)
        }
        // A chunked answer that HTTP/1.0 cannot read goes out plain and ends with the connection.
        return stays && given.isChunked == isChunked
    }

    /// A coding is not told to HTTP/1.0, which would not understand it.
    private func isSent(_ header: Header, _ given: Given) -> Bool {
        !(given.isChunked && minorVersion == 0 && Given.matches(header.name, "transfer-encoding"))
    }

    private func appendStatusLine(_ message: Reply.Message, _ out: inout [UInt8]) {
        // An HTTP/1.1 server answers HTTP/1.0 with its own version (RFC 9110 2.5).
        Self.append("HTTP/1.1 ", &out)
        let status = min(max(message.status, 100), 999)
        out.append(UInt8(truncatingIfNeeded: 0x30 + status / 100))
        out.append(UInt8(truncatingIfNeeded: 0x30 + status / 10 % 10))
        out.append(UInt8(truncatingIfNeeded: 0x30 + status % 10))
        out.append(ASCII.space)
        if let reason = message.reason {
            Self.append(text: reason, &out)
        } else {
            Self.append(ReasonPhrase.of(status), &out)
        }
        Self.append("\r\n", &out)
    }

    /// The headers that every answer has unless it says otherwise, and the empty line.
    private func appendUsual(
        _ message: Reply.Message, _ given: Given, length: Int?, _ stays: Bool, _ date: [UInt8], _ out: inout [UInt8]
    ) {
        let omitted = message.omitted
        if let length, omitted.isEmpty || !omitted.contains("content-length") {
            Self.append("Content-Length: ", &out)
            Self.append(number: length, &out)
            Self.append("\r\n", &out)
        }
        if !given.hasDate, omitted.isEmpty || !omitted.contains("date") {
            Self.append("Date: ", &out)
            out.append(contentsOf: date)
            Self.append("\r\n", &out)
        }
        if !given.hasConnection, omitted.isEmpty || !omitted.contains("connection") {
            if !stays {
                Self.append("Connection: close\r\n", &out)
            } else if minorVersion == 0 {
                Self.append("Connection: keep-alive\r\n", &out)
            }
        }
        Self.append("\r\n", &out)
    }

    /// The body as one chunk, and the last one (RFC 9112 7.1).
    private func appendChunks(_ body: [UInt8], _ out: inout [UInt8]) {
        if !body.isEmpty {
            Self.append(text: String(body.count, radix: 16), &out)
            Self.append("\r\n", &out)
            out.append(contentsOf: body)
            Self.append("\r\n", &out)
        }
        Self.append("0\r\n\r\n", &out)
    }

    private static func append(_ text: StaticString, _ out: inout [UInt8]) {
        text.withUTF8Buffer { out.append(contentsOf: $0) }
    }

    /// Text from elsewhere: what would end the line becomes a space, so that no value can add a header or an answer.
    private static func append(text: String, _ out: inout [UInt8]) {
        let start = out.count
        let isPlain = text.utf8.withContiguousStorageIfAvailable { bytes in
            out.append(contentsOf: bytes)
            return !PlainText.hasControls(bytes)
        }
        if isPlain == true { return }
        if isPlain == nil { out.append(contentsOf: text.utf8) }
        for index in start..<out.count where out[index] < 0x20 && out[index] != ASCII.tab {
            out[index] = ASCII.space
        }
    }

    private static func append(number: Int, _ out: inout [UInt8]) {
        var unit = 1
        while number / unit >= 10 { unit *= 10 }
        while unit > 0 {
            out.append(UInt8(truncatingIfNeeded: 0x30 + number / unit % 10))
            unit /= 10
        }
    }
}

/// Which of the headers that the transport would add are there already.
private struct Given {
    var hasLength = false
    /// The length that the headers tell; nil if there is none, or no number.
    var length: Int?
    var hasDate = false
    var hasConnection = false
    var closes = false
    var isChunked = false

    init(_ message: Reply.Message) {
        let headers = message.headers.span
        for index in headers.indices {
            switch headers[index].name.utf8.count {
            case 4 where Self.matches(headers[index].name, "date"): hasDate = true
            case 10 where Self.matches(headers[index].name, "connection"):
                hasConnection = true
                closes = closes || headers[index].value.lowercased().contains("close")
            case 14 where Self.matches(headers[index].name, "content-length"):
                hasLength = true
                length = Int(headers[index].value)
            case 17 where Self.matches(headers[index].name, "transfer-encoding"):
                isChunked = headers[index].value.lowercased() == "chunked"
            default: break
            }
        }
    }

    static func matches(_ name: String, _ lowered: StaticString) -> Bool {
        guard name.utf8.count == lowered.utf8CodeUnitCount else { return false }
        return lowered.withUTF8Buffer { wanted in
            var index = 0
            for byte in name.utf8 {
                if ASCII.lower(byte) != wanted[index] { return false }
                index += 1
            }
            return true
        }
    }
}
