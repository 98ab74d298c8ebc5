// SPDX-License-Identifier: Apache-2.0

import AwryCore
import CLinux
import Glibc

/// How a server's port fails before there is a request, and when. Outside that time it serves as any other.
public struct Door: Sendable {
    /// How it fails.
    public var fault: ListenerFault
    /// From so long after the start.
    public var after: Duration
    /// Until so long after the start; nil: for ever.
    public var until: Duration?
    /// For the faults that are a certificate.
    public var certificate: TLSContext?

    /// A door that fails so.
    public init(_ fault: ListenerFault, after: Duration = .zero, until: Duration? = nil, certificate: TLSContext? = nil)
    {
        self.fault = fault
        self.after = after
        self.until = until
        self.certificate = certificate
    }

    /// What the listening socket does.
    enum Mode {
        case accepting
        /// Bound, so that nobody else takes the port, and not listening.
        case refusing
        /// Listening, with a full queue: the system drops every SYN.
        case full
    }

    /// Whether it fails so many nanoseconds after its start.
    func isFailing(_ age: UInt64) -> Bool {
        age >= after.nanoseconds && until.map { age < $0.nanoseconds } ?? true
    }

    func mode(_ age: UInt64) -> Mode {
        guard isFailing(age) else { return .accepting }
        return switch fault {
        case .refuse: .refusing
        case .ignoreSyn: .full
        case .tlsHandshake, .expiredCertificate, .wrongHost, .plainHTTP, .proxyRefuses: .accepting
        }
    }

    /// The age at which it turns next; `max` if it does not.
    func nextTurn(_ age: UInt64) -> UInt64 {
        [after.nanoseconds, until?.nanoseconds ?? .max].filter { $0 > age }.min() ?? .max
    }

    /// Puts a bound socket into a mode. Gives the connections that keep its queue full.
    static func put(_ listener: Int32, into mode: Mode, port: UInt16, options: ServerOptions) -> [Int32] {
        switch mode {
        case .accepting:
            listen(listener, options.backlog)
            return []
        case .refusing:
            // A listening socket that is shut down listens no more, and keeps its port. One that does not listen yet
            // refuses already; shut down, it and all that it ever accepts would have their ends shut for good.
            if isListening(listener) { shutdown(listener, Int32(SHUT_RDWR)) }
            return []
        case .full:
            listen(listener, 0)
            return fill(port, options.host)
        }
    }

    private static func isListening(_ descriptor: Int32) -> Bool {
        var answer: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        return getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &answer, &size) == 0 && answer != 0
    }

    /// A queue of length 0 holds one connection (tcp(7), listen(2)); a second is for whatever may still be accepted.
    private static func fill(_ port: UInt16, _ host: String) -> [Int32] {
        let reached = ["0.0.0.0": "127.0.0.1", "::": "::1"][host] ?? host
        guard let address = SocketAddress(host: reached, port: port) else { return [] }
        let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        return (0..<2).compactMap { _ in
            let descriptor = socket(address.isIPv6 ? AF_INET6 : AF_INET, type, 0)
            guard descriptor >= 0 else { return nil }
            _ = address.withAddress { connect(descriptor, $0, $1) }
            return descriptor
        }
    }
}
