// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc

/// The server that requests are passed on to.
public struct UpstreamAddress: Sendable, CustomStringConvertible {
    /// Why an address is none.
    public struct Mistake: Error, CustomStringConvertible {
        /// What is wrong, for people.
        public let description: String
    }

    /// The URL as it was given.
    public let description: String
    let socket: SocketAddress

    /// The server that a URL such as `http://localhost:5000` names. Its name is looked up now, and only now.
    public init(_ url: String) throws(Mistake) {
        description = url
        func mistake(_ text: String) -> Mistake { Mistake(description: "\(url): \(text)") }
        let scheme = "http://"
        guard url.lowercased().hasPrefix(scheme) else {
            let isSecure = url.lowercased().hasPrefix("https://")
            throw mistake(
                isSecure ? "https is not spoken to an upstream; give its http:// URL" : "expected http://HOST:PORT")
        }
        var authority = url.dropFirst(scheme.count)
        if authority.last == "/" { authority.removeLast() }
        if authority.contains(where: { "/?#@".contains($0) }) { throw mistake("expected http://HOST:PORT alone") }
        var host = authority
        var port: UInt16 = 80
        if let colon = authority.lastIndex(of: ":"), !authority[colon...].contains("]") {
            guard let number = UInt16(authority[authority.index(after: colon)...]), number > 0 else {
                throw mistake("the port is not a number from 1 to 65535")
            }
            host = authority[..<colon]
            port = number
        }
        if host.first == "[", host.last == "]" { host = host.dropFirst().dropLast() }
        guard !host.isEmpty else { throw mistake("expected http://HOST:PORT") }
        guard let socket = SocketAddress(host: String(host), port: port) ?? Self.lookUp(String(host), port) else {
            throw mistake("no address is known for \(host)")
        }
        self.socket = socket
    }

    private static func lookUp(_ host: String, _ port: UInt16) -> SocketAddress? {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, String(port), &hints, &found) == 0, let found else { return nil }
        defer { freeaddrinfo(found) }
        return SocketAddress(found.pointee)
    }
}
