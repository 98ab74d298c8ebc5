// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc

/// Asks a server of this machine one thing over HTTP: enough for a health check, and nothing more.
public enum Probe {
    /// The status that a server answers to `GET path` with; nil where nobody answers in HTTP within the time.
    ///
    /// `host` is an address in text form or `localhost`; an address that means all interfaces is asked by the loopback.
    public static func status(of path: String, host: String, port: UInt16, within seconds: Int) -> Int? {
        let reached = ["0.0.0.0": "127.0.0.1", "::": "::1"][host] ?? host
        guard let address = SocketAddress(host: reached, port: port) else { return nil }
        let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let descriptor = socket(address.isIPv6 ? AF_INET6 : AF_INET, type, 0)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        // On Linux the time for sending also bounds connect (socket(7)).
        var time = timeval(tv_sec: seconds, tv_usec: 0)
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            setsockopt(descriptor, SOL_SOCKET, option, &time, socklen_t(MemoryLayout<timeval>.size))
        }
        guard address.withAddress({ connect(descriptor, $0, $1) }) == 0 else { return nil }
        let request = Array("GET \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".utf8)
        guard send(descriptor, request, request.count, Int32(MSG_NOSIGNAL)) == request.count else {
            return nil
        }
        return status(in: descriptor)
    }

    /// The status line's number: `HTTP/1.1 200`.
    private static func status(in descriptor: Int32) -> Int? {
        var line: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64)
        while line.count < 12 {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return nil }
            line += buffer[..<count]
        }
        guard line.starts(with: "HTTP/1.1 ".utf8) else { return nil }
        return Int(String(decoding: line[9..<12], as: UTF8.self))
    }
}
