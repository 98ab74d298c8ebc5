// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Writes what a fault leaves of an answer.
struct FaultWriter {
    var encoder: ResponseEncoder
    /// The answer that would have been sent; nil for faults that need none.
    let message: Reply.Message?

    /// Appends what the plan says to `output`; whether the connection could stay open after it.
    func append(_ part: FaultPlan.Part, date: [UInt8], to output: inout HTTPOutput) -> Bool {
        switch part {
        case .nothing: break
        case .bytes(let bytes): output.append(body: bytes)
        case .partOfHead: appendPartOfHead(date, &output)
        case .body(let sent, let promised):
            if isBodiless { appendPartOfHead(date, &output) } else { appendBody(sent, promised, date, &output) }
        case .chunk(let sent, let then):
            // HTTP/1.0 has no chunks (RFC 9112 7.1), and to such a client a body without length is whole.
            if isBodiless || encoder.minorVersion == 0 {
                appendPartOfHead(date, &output)
            } else {
                appendChunk(sent, then, date, &output)
            }
        case .document(let bytes, let type): return appendDocument(bytes, type, date, &output)
        }
        return false
    }

    /// Whether the answer has no body whatever its headers say (RFC 9110 6.4.1).
    private var isBodiless: Bool {
        let status = message?.status ?? 200
        return encoder.isHead || status < 200 || status == 204 || status == 304
    }

    /// The message without its body and what says how long it is.
    private func framed(_ name: String, _ value: String) -> Reply.Message {
        var framed = message ?? Reply.Message(status: 200)
        framed.headers.removeAll { ["content-length", "transfer-encoding"].contains($0.name.lowercased()) }
        framed.headers.append(Header(name, value))
        // A server that breaks off does not say so before.
        framed.omitted += ["connection", "content-length"]
        framed.body = []
        framed.stored = nil
        return framed
    }

    private func appendPartOfHead(_ date: [UInt8], _ output: inout HTTPOutput) {
        var whole = HTTPOutput()
        var headOnly = encoder
        headOnly.isHead = true
        _ = headOnly.append(message ?? Reply.Message(status: 200), date: date, to: &whole)
        let lineEnd = (whole.bytes.firstIndex(of: ASCII.lineFeed) ?? 0) + 1
        var end = lineEnd + (whole.bytes.count - lineEnd) / 2
        // Amid a line: at its end, the head would look as if it only lacked the empty line.
        while end > lineEnd, [ASCII.carriageReturn, ASCII.lineFeed].contains(whole.bytes[end - 1]) { end -= 1 }
        output.bytes.append(contentsOf: whole.bytes[..<end])
    }

    private func appendBody(_ sent: Int, _ promised: Int, _ date: [UInt8], _ output: inout HTTPOutput) {
        let body = part(sent)
        _ = encoder.append(framed("Content-Length", "\(promised)"), date: date, to: &output)
        output.append(body: body)
    }

    /// So much of the body, which spaces make longer where it is too short.
    private func part(_ count: Int) -> Blob {
        let body = message?.blob ?? Blob([])
        if count <= body.count { return body.prefix(count) }
        let spaces = Blob([UInt8](repeating: ASCII.space, count: count - body.count))
        return body.inMemory.map { Blob($0 + spaces.bytes) } ?? Blob.joined([body, spaces])
    }

    private func appendChunk(_ sent: Int, _ then: [UInt8], _ date: [UInt8], _ output: inout HTTPOutput) {
        var headOnly = encoder
        headOnly.isHead = true
        _ = headOnly.append(framed("Transfer-Encoding", "chunked"), date: date, to: &output)
        guard sent > 0 else {
            output.append(body: then)
            return
        }
        output.bytes.append(contentsOf: (String(sent, radix: 16) + "\r\n").utf8)
        let end = [ASCII.carriageReturn, ASCII.lineFeed] + then
        let body = part(sent)
        output.append(body: body.inMemory.map { Blob($0 + end) } ?? Blob.joined([body, Blob(end)]))
    }

    private func appendDocument(
        _ bytes: [UInt8], _ type: String, _ date: [UInt8], _ output: inout HTTPOutput
    ) -> Bool {
        var changed = message ?? Reply.Message(status: 200)
        if changed.status == 204 { changed.status = 200 }
        changed.body = bytes
        changed.stored = nil
        let format = type.split(separator: "/").last.map(String.init) ?? type
        changed.headers.removeAll { ["content-length", "transfer-encoding"].contains($0.name.lowercased()) }
        let isTyped = changed.headers.contains {
            $0.name.lowercased() == "content-type" && $0.value.lowercased().contains(format)
        }
        if !isTyped {
            changed.headers.removeAll { $0.name.lowercased() == "content-type" }
            changed.headers.append(Header("Content-Type", type))
        }
        return encoder.append(changed, date: date, to: &output)
    }
}
