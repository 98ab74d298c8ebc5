// SPDX-License-Identifier: Apache-2.0

/// Why what another server sent is no HTTP response, or not a whole one.
public enum ResponseMistake: Error, Sendable, Hashable {
    /// The first line is not `HTTP/1.x NNN` (RFC 9112 4).
    case badStatusLine
    /// A header line, a length or a chunk is not what RFC 9112 allows.
    case malformed(Refusal)
    /// `101 Switching Protocols`, for which nobody asked.
    case switchesProtocols
    /// The connection ended before the response did.
    case endsEarly

    /// What is wrong, for people.
    public var message: String {
        switch self {
        case .badStatusLine: "its answer does not begin like HTTP/1.1"
        case .malformed(let refusal): "its answer is malformed: \(refusal.message)"
        case .switchesProtocols: "it wants to switch protocols"
        case .endsEarly: "it closed the connection before its answer was whole"
        }
    }
}
