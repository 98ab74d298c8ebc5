// SPDX-License-Identifier: Apache-2.0

import Glibc

/// A client on a blocking socket. Every read is bounded in time, so that a server that stays silent fails the test.
final class Client {
    let descriptor: Int32
    /// Read, but not asked for yet.
    private var rest: [UInt8] = []
    private(set) var ended = false
    private(set) var wasReset = false

    init(port: UInt16, receiveBuffer: Int32? = nil, isIPv6: Bool = false) throws {
        descriptor = socket(isIPv6 ? AF_INET6 : AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        if var size = receiveBuffer {
            setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
        }
        var bound = timeval(tv_sec: 10, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &bound, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &bound, socklen_t(MemoryLayout<timeval>.size))
        let result = isIPv6 ? Self.connectIPv6(descriptor, port) : Self.connectIPv4(descriptor, port)
        if result != 0 { throw Failure.connect(errno) }
    }

    private static func connectIPv4(_ descriptor: Int32, _ port: UInt16) -> Int32 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }

    private static func connectIPv6(_ descriptor: Int32, _ port: UInt16) -> Int32 {
        var address = sockaddr_in6()
        address.sin6_family = sa_family_t(AF_INET6)
        address.sin6_port = port.bigEndian
        address.sin6_addr = in6addr_loopback
        return withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in6>.size))
            }
        }
    }

    deinit {
        close(descriptor)
    }

    enum Failure: Error {
        case connect(Int32)
        case send(Int32)
        case silent
        case endedEarly(String)
    }

    struct Response: Equatable {
        var status: Int
        var headers: [String]
        var body: [UInt8]
        var text: String { String(decoding: body, as: UTF8.self) }
        func header(_ name: String) -> String? {
            headers.first { $0.lowercased().hasPrefix(name.lowercased() + ": ") }.map {
                String($0.dropFirst(name.count + 2))
            }
        }
    }

    func send(_ text: String) throws { try send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) throws {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count < 0 { throw Failure.send(errno) }
            sent += count
        }
    }

    /// Ends the sending side.
    func endSending() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// Closes with a reset instead of an orderly end.
    func resetOnClose() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }

    /// One response; the body by its length, or to the connection's end.
    func response(toHead: Bool = false) throws -> Response {
        var end = endOfHead()
        while end == nil {
            guard try more() else { throw Failure.endedEarly(String(decoding: rest, as: UTF8.self)) }
            end = endOfHead()
        }
        let head = String(decoding: rest[..<(end ?? 0)], as: UTF8.self)
        rest.removeFirst((end ?? 0) + 4)
        let lines = head.split(separator: "\r\n").map(String.init)
        let status = Int(lines[0].dropFirst(9).prefix(3)) ?? 0
        var response = Response(status: status, headers: Array(lines.dropFirst()), body: [])
        if toHead || status < 200 || status == 204 || status == 304 { return response }
        if let length = response.header("content-length").flatMap({ Int($0) }) {
            while rest.count < length {
                guard try more() else { throw Failure.endedEarly("body of \(rest.count) of \(length) bytes") }
            }
            response.body = Array(rest[..<length])
            rest.removeFirst(length)
        } else {
            response.body = try toEnd()
        }
        return response
    }

    /// Everything up to the connection's end.
    func toEnd() throws -> [UInt8] {
        while try more() {}
        defer { rest = [] }
        return rest
    }

    private func endOfHead() -> Int? {
        guard rest.count >= 4 else { return nil }
        return (0...(rest.count - 4)).first { rest[$0..<($0 + 4)].elementsEqual([13, 10, 13, 10]) }
    }

    private func more() throws -> Bool {
        if ended { return false }
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        if count > 0 {
            rest += buffer[..<count]
            return true
        }
        if count < 0, errno == EAGAIN { throw Failure.silent }
        ended = true
        wasReset = count < 0 && errno == ECONNRESET
        return false
    }
}
