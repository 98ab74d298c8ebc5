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
        append(message, Given(message), isWhole: true, date: date, to: &output).stays
    }

    /// Appends the head of a message whose body comes later; how that is to be framed, and whether the connection
    /// stays open after it.
    func appendHead(_ message: Reply.Message, date: [UInt8], to output: inout HTTPOutput) -> (StreamFrame, stays: Bool)
    {
        var message = message
        var given = Given(message)
        let mayHaveBody = !isHead && message.status != 204 && message.status != 304
        if mayHaveBody, !given.hasLength, !given.isChunked, minorVersion > 0 {
            message.headers.append(Header("Transfer-Encoding", "chunked"))
            given.isChunked = true
        }
        let (hasBody, isChunked, stays) = append(message, given, isWhole: false, date: date, to: &output)
        if !hasBody { return (.none, stays) }
        if isChunked { return (.chunked, stays) }
        // Only the connection's end tells where it ends.
        guard let length = given.length else { return (.untilEnd, false) }
        return (.length(length), stays)
    }

    /// Whether a body follows, whether it does so in chunks, and whether the connection stays open.
    private func append(
        _ message: Reply.Message, _ given: Given, isWhole: Bool, date: [UInt8], to output: inout HTTPOutput
    ) -> (hasBody: Bool, isChunked: Bool, stays: Bool) {
        // RFC 9110 6.4.1: these have no body whatever the headers say.
        let isBodiless = message.status < 200 || message.status == 204 || message.status == 304
        let isChunked = given.isChunked && minorVersion > 0 && !isBodiless
        var stays = keepsAlive && !given.closes
        if !isBodiless, !isHead, !isChunked {
            // Without a length, or with a wrong one, only the connection's end says where the body ends (RFC 9112
            // 6.3, 8).
            if isWhole, let length = given.length { stays = stays && length == message.bodyCount }
            if given.length == nil, !given.hasLength, message.omitted.contains("content-length") { stays = false }
            if given.hasLength, given.length == nil { stays = false }
        }
        let addsLength = isWhole && !isBodiless && !given.hasLength && !given.isChunked
        let length = addsLength ? message.bodyCount : nil
        RoomWriter.append(atMost: Self.room(for: message, date), to: &output.bytes) { out in
            Self.writeStatusLine(message, &out)
            // By a span, which lends each header where an array's iterator copies it.
            let headers = message.headers.span
            for index in headers.indices where isSent(headers[index], given) {
                let start = out.count
                out.text(headers[index].name)
                out.literal(": ")
                out.text(headers[index].value)
                out.endLine(from: start)
            }
            writeUsual(message, given, length: length, stays, date, &out)
        }
        if isBodiless || isHead { return (false, false, stays) }
        // A chunked answer that HTTP/1.0 cannot read goes out plain and ends with the connection.
        stays = stays && given.isChunked == isChunked
        guard isWhole else { return (true, isChunked, stays) }
        if isChunked {
            appendChunks(message, &output)
        } else if let stored = message.stored {
            output.stored = stored
        } else {
            output.append(body: message.body)
        }
        return (true, isChunked, stays)
    }

    /// A coding is not told to HTTP/1.0, which would not understand it.
    private func isSent(_ header: Header, _ given: Given) -> Bool {
        !(given.isChunked && minorVersion == 0 && Given.matches(header.name, "transfer-encoding"))
    }

    /// What a head takes at most: its lines, and 160 bytes for what is the same in all.
    private static func room(for message: Reply.Message, _ date: [UInt8]) -> Int {
        var room = 160 + (message.reason?.utf8.count ?? 0) + date.count
        let headers = message.headers.span
        for index in headers.indices { room += headers[index].name.utf8.count + headers[index].value.utf8.count + 4 }
        return room
    }

    private static func writeStatusLine(_ message: Reply.Message, _ out: inout RoomWriter) {
        // An HTTP/1.1 server answers HTTP/1.0 with its own version (RFC 9110 2.5).
        out.literal("HTTP/1.1 ")
        let status = min(max(message.status, 100), 999)
        out.number(status)
        out.byte(ASCII.space)
        let start = out.count
        if let reason = message.reason { out.text(reason) } else { out.literal(ReasonPhrase.of(status)) }
        out.endLine(from: start)
    }

    /// The headers that every answer has unless it says otherwise, and the empty line.
    private func writeUsual(
        _ message: Reply.Message, _ given: Given, length: Int?, _ stays: Bool, _ date: [UInt8], _ out: inout RoomWriter
    ) {
        let omitted = message.omitted
        if let length, omitted.isEmpty || !omitted.contains("content-length") {
            out.literal("Content-Length: ")
            out.number(length)
            out.literal("\r\n")
        }
        if !given.hasDate, omitted.isEmpty || !omitted.contains("date") {
            out.literal("Date: ")
            date.withUnsafeBufferPointer { out.bytes($0) }
            out.literal("\r\n")
        }
        if !given.hasConnection, omitted.isEmpty || !omitted.contains("connection") {
            if !stays {
                out.literal("Connection: close\r\n")
            } else if minorVersion == 0 {
                out.literal("Connection: keep-alive\r\n")
            }
        }
        out.literal("\r\n")
    }

    /// The body as one chunk, and the last one (RFC 9112 7.1).
    private func appendChunks(_ message: Reply.Message, _ output: inout HTTPOutput) {
        if message.bodyCount > 0 {
            output.bytes.append(contentsOf: String(message.bodyCount, radix: 16).utf8)
            Self.append("\r\n", &output.bytes)
            if let stored = message.stored {
                output.stored = Blob.joined([stored, Blob(utf8: "\r\n0\r\n\r\n")])
                return
            }
            output.bytes.append(contentsOf: message.body)
            Self.append("\r\n", &output.bytes)
        }
        Self.append("0\r\n\r\n", &output.bytes)
    }

    private static func append(_ text: StaticString, _ out: inout [UInt8]) {
        text.withUTF8Buffer { out.append(contentsOf: $0) }
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
