// SPDX-License-Identifier: Apache-2.0

/// How a port of its own fails before there is a request: `listeners:`.
public enum ListenerFault: String, Sendable, CaseIterable {
    /// Nobody listens: RST to every SYN.
    case refuse
    /// A full accept queue: no answer to a SYN.
    case ignoreSyn
    /// The client's first message of TLS is answered by the alert `handshake_failure`.
    case tlsHandshake
    /// TLS with a certificate that has ended.
    case expiredCertificate
    /// TLS with a certificate for another name.
    case wrongHost
    /// Plain HTTP, whatever the client speaks.
    case plainHTTP
    /// A proxy that answers every request, CONNECT above all, with 502.
    case proxyRefuses
}
