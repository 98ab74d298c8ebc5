// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc

/// A listening socket.
enum Listener {
    /// Binds and listens; the descriptor, non-blocking, and the port that it has.
    static func open(_ options: ServerOptions, port: UInt16) throws(ListenError) -> (descriptor: Int32, port: UInt16) {
        guard var address = SocketAddress(host: options.host, port: port) else { throw .badAddress(options.host) }
        let family = address.isIPv6 ? AF_INET6 : AF_INET
        let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let descriptor = socket(family, type, 0)
        guard descriptor >= 0 else { throw .system(call: "socket", errno: errno) }
        do throws(ListenError) {
            try set(descriptor, SOL_SOCKET, SO_REUSEADDR, 1)
            if options.shards > 1 { try set(descriptor, SOL_SOCKET, SO_REUSEPORT, 1) }
            // Accepted sockets inherit both: one call for all of them. Without keep-alive probes, a client that
            // vanished while an answer is promised to it would be waited for for ever.
            try set(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, 1)
            try set(descriptor, SOL_SOCKET, SO_KEEPALIVE, 1)
            // `::` takes IPv4 too, whatever the machine's default.
            if address.isIPv6 { try set(descriptor, Int32(IPPROTO_IPV6), IPV6_V6ONLY, 0) }
            if address.withAddress({ bind(descriptor, $0, $1) }) != 0 {
                throw bindError(errno, host: options.host, port: port)
            }
            if options.door == nil, listen(descriptor, options.backlog) != 0 {
                throw bindError(errno, host: options.host, port: port)
            }
            if address.fill({ getsockname(descriptor, $0, $1) }) != 0 {
                throw .system(call: "getsockname", errno: errno)
            }
            return (descriptor, address.port)
        } catch {
            close(descriptor)
            throw error
        }
    }

    private static func set(_ descriptor: Int32, _ level: Int32, _ name: Int32, _ value: Int32) throws(ListenError) {
        var value = value
        if setsockopt(descriptor, level, name, &value, socklen_t(MemoryLayout<Int32>.size)) != 0 {
            throw .system(call: "setsockopt", errno: errno)
        }
    }

    private static func bindError(_ number: Int32, host: String, port: UInt16) -> ListenError {
        switch number {
        case EADDRINUSE: .portTaken(host: host, port: port)
        case EADDRNOTAVAIL: .addressNotHere(host)
        case EACCES: .notAllowed(port: port)
        default: .system(call: "bind", errno: number)
        }
    }
}
