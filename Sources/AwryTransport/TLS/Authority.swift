// SPDX-License-Identifier: Apache-2.0

import COpenSSL

/// A certificate authority of our own, which clients are told to trust, and the certificates that it signs.
public struct Authority: Sendable {
    /// Its certificate and its key, as PEM.
    public let text: [UInt8]

    /// One that was made before; nil if it ends within a day or cannot be read.
    public init?(text: [UInt8]) throws(TLSError) {
        try TLSError.loadLibrary()
        guard awry_tls_seconds_left(text, text.count) > Self.day else { return nil }
        self.text = text
    }

    private init(made text: [UInt8]) {
        self.text = text
    }

    /// A new one, of ten years.
    public static func make() throws(TLSError) -> Authority {
        try TLSError.loadLibrary()
        return Authority(
            made: try certificate(name: "Awry local authority", subjects: nil, days: -1...3650, signedBy: nil))
    }

    /// Its certificate alone, for clients.
    public var certificate: [UInt8] {
        let end = Array("-----END CERTIFICATE-----\n".utf8)
        return text.firstRange(of: end).map { Array(text[..<$0.upperBound]) } ?? []
    }

    /// A certificate for a server of these names and addresses, valid on these days from now, and its key.
    public func certificate(for names: [String], days: ClosedRange<Int> = -1...397) throws(TLSError) -> [UInt8] {
        let subjects = names.map { Self.subject($0) }.joined(separator: ",")
        // X.509's common names end at 64 characters (RFC 5280 A.1); what counts is among the subjects.
        let name = names.first { $0.utf8.count <= 64 } ?? "awry"
        return try Self.certificate(name: name, subjects: subjects, days: days, signedBy: text)
    }

    private static let day = 86_400

    private static func subject(_ name: String) -> String {
        (SocketAddress(host: name, port: 0) != nil && name != "localhost" ? "IP:" : "DNS:") + name
    }

    private static func certificate(
        name: String, subjects: String?, days: ClosedRange<Int>, signedBy authority: [UInt8]?
    ) throws(TLSError) -> [UInt8] {
        var size = 0
        let made = name.withCString { name in
            withOptional(subjects) { subjects in
                withOptional(authority) { authority in
                    awry_tls_make_certificate(
                        awry_tls_request(
                            name: name, subjects: subjects, valid_from: days.lowerBound * day,
                            valid_to: days.upperBound * day, authority: authority.baseAddress,
                            authority_size: authority.count),
                        &size)
                }
            }
        }
        guard let made else { throw .notMade(TLSError.reason) }
        defer { awry_tls_release(made) }
        return Array(UnsafeBufferPointer(start: made, count: size))
    }

    private static func withOptional<R>(_ text: String?, _ body: (UnsafePointer<CChar>?) -> R) -> R {
        text.map { $0.withCString { body($0) } } ?? body(nil)
    }

    private static func withOptional<R>(_ bytes: [UInt8]?, _ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
        (bytes ?? []).withUnsafeBufferPointer { body(bytes == nil ? UnsafeBufferPointer(start: nil, count: 0) : $0) }
    }
}
