// SPDX-License-Identifier: Apache-2.0

import COpenSSL

/// A server's certificate and key, ready for any number of connections and threads (OpenSSL counts its references).
public final class TLSContext: Sendable {
    /// Of OpenSSL's context; kept as a number, since a pointer is not `Sendable`.
    private let address: UInt

    /// A context with this certificate, those that lead from it to its authority, and its key, all as PEM.
    public init(chain: [UInt8], key: [UInt8]) throws(TLSError) {
        try TLSError.loadLibrary()
        guard let context = awry_tls_context_new(chain, chain.count, key, key.count) else {
            throw .badCertificate(TLSError.reason)
        }
        address = UInt(bitPattern: context)
    }

    /// The same with the certificate before its key in one text.
    public convenience init(both: [UInt8]) throws(TLSError) {
        try self.init(chain: both, key: both)
    }

    deinit {
        if let context = OpaquePointer(bitPattern: address) { awry_tls_context_free(context) }
    }

    /// The server's side of a new conversation; nil where memory is short.
    func session() -> TLSSession? {
        OpaquePointer(bitPattern: address).flatMap { awry_tls_session_new($0) }.map { TLSSession($0) }
    }
}
