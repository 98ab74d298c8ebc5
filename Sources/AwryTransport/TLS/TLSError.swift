// SPDX-License-Identifier: Apache-2.0

import COpenSSL

/// Why TLS cannot be spoken.
public enum TLSError: Error, Sendable, Equatable, CustomStringConvertible {
    /// OpenSSL is not on this machine, or is none that we know.
    case noLibrary(String)
    /// The certificate and the key cannot be used, in OpenSSL's words.
    case badCertificate(String)
    /// A certificate could not be made, in OpenSSL's words.
    case notMade(String)

    /// What happened, for people.
    public var description: String {
        switch self {
        case .noLibrary(let reason): "TLS needs OpenSSL 3: \(reason)"
        case .badCertificate(let reason): "the certificate and the key cannot be used: \(reason)"
        case .notMade(let reason): "no certificate could be made: \(reason)"
        }
    }

    /// OpenSSL's words for what went wrong last.
    static var reason: String {
        var buffer = [CChar](repeating: 0, count: 256)
        awry_tls_reason(&buffer, buffer.count)
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Loads OpenSSL, once.
    static func loadLibrary() throws(TLSError) {
        if let missing = Self.missing { throw .noLibrary(missing) }
    }

    private static let missing: String? = awry_tls_load().map { String(cString: $0) }
}
