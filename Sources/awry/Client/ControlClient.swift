// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Glibc

/// Speaks to a running server's control interface: one connection for each question.
///
/// Our own server answers with a Content-Length and closes where it is asked to, so that the answer is all that comes.
struct ControlClient {
    /// What the server answered.
    struct Answer {
        let status: Int
        let body: [UInt8]

        /// The body as JSON; null where there is none. A journal holds more values than a request may.
        var value: Value {
            let limits = JSON.Limits(values: max(body.count, 1))
            return body.isEmpty ? .null : (try? JSON.parse(body[...], limits: limits)) ?? .null
        }
    }

    let endpoint: Endpoint

    /// Asks `method /_awry/path?query`.
    func ask(
        _ method: String, _ path: String, query: [(name: String, value: String)] = [], body: [UInt8] = []
    ) throws(Refusal) -> Answer {
        let descriptor = try connected()
        defer { close(descriptor) }
        let pairs = query.map { PercentCoding.encode($0.name) + "=" + PercentCoding.encode($0.value) }
        let target = "/_awry/\(path)" + (pairs.isEmpty ? "" : "?" + pairs.joined(separator: "&"))
        let head =
            "\(method) \(target) HTTP/1.1\r\nHost: \(endpoint.authority)\r\nContent-Length: \(body.count)\r\n"
            + "Connection: close\r\n\r\n"
        try send(Array(head.utf8) + body, descriptor)
        guard let answer = Self.answer(try received(descriptor)) else {
            throw Refusal("http://\(endpoint.authority): what came is no answer of Awry's")
        }
        return answer
    }

    /// Takes an answer apart; nil for what is none, or not all of one.
    static func answer(_ bytes: [UInt8]) -> Answer? {
        let mark: [UInt8] = [0x0D, 0x0A, 0x0D, 0x0A]
        guard let end = bytes.indices.first(where: { bytes[$0...].starts(with: mark) }) else { return nil }
        let lines = String(decoding: bytes[..<end], as: UTF8.self).split(separator: "\r\n")
        let words = lines.first?.split(separator: " ") ?? []
        guard words.count >= 2, words[0].hasPrefix("HTTP/1."), let status = Int(words[1]) else { return nil }
        let body = Array(bytes[(end + mark.count)...])
        let length = lines.first { $0.lowercased().hasPrefix("content-length:") }
            .flatMap { $0.split(separator: ":").last }.flatMap { Int($0.drop { $0 == " " }) }
        guard length ?? body.count == body.count else { return nil }
        return Answer(status: status, body: body)
    }

    private func connected() throws(Refusal) -> Int32 {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(endpoint.host, String(endpoint.port), &hints, &found)
        guard code == 0 else { throw Refusal("\(endpoint.host): \(String(cString: gai_strerror(code)))") }
        defer { freeaddrinfo(found) }
        var address = found
        var failure: Int32 = 0
        while let one = address {
            let descriptor = socket(one.pointee.ai_family, one.pointee.ai_socktype, one.pointee.ai_protocol)
            if descriptor >= 0 {
                if connect(descriptor, one.pointee.ai_addr, one.pointee.ai_addrlen) == 0 { return descriptor }
                failure = errno
                close(descriptor)
            } else {
                failure = errno
            }
            address = one.pointee.ai_next
        }
        throw Refusal("http://\(endpoint.authority): \(String(cString: strerror(failure))); does awry serve there?")
    }

    private func send(_ bytes: [UInt8], _ descriptor: Int32) throws(Refusal) {
        var at = 0
        while at < bytes.count {
            let sent = bytes[at...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if sent < 0 && errno == EINTR { continue }
            // A server that answers before it has read everything has something to say.
            guard sent > 0 else { return }
            at += sent
        }
    }

    private func received(_ descriptor: Int32) throws(Refusal) -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            if count < 0 && errno == EINTR { continue }
            if count < 0 { throw Refusal("http://\(endpoint.authority): \(String(cString: strerror(errno)))") }
            if count == 0 { return bytes }
            bytes += buffer[..<count]
        }
    }
}
