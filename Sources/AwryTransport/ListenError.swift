// SPDX-License-Identifier: Apache-2.0

/// Why a server could not start.
public enum ListenError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Another program listens on the port.
    case portTaken(host: String, port: UInt16)
    /// The address is not one in text form.
    case badAddress(String)
    /// The machine has no such address.
    case addressNotHere(String)
    /// The port needs rights that the process lacks.
    case notAllowed(port: UInt16)
    /// Anything else: the call that failed, and the system's number for why.
    case system(call: String, errno: Int32)

    /// What happened, for people.
    public var description: String {
        switch self {
        case .portTaken(let host, let port): "port \(port) on \(host) is taken by another program"
        case .badAddress(let host): "'\(host)' is not an address; give one like 127.0.0.1, 0.0.0.0, ::1 or ::"
        case .addressNotHere(let host): "this machine does not have the address \(host)"
        case .notAllowed(let port): "listening on port \(port) is not allowed; ports from 1024 on are free for all"
        case .system(let call, let errno): "\(call) failed: \(SystemText.of(errno))"
        }
    }
}
