// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Certificates of an authority for whatever name a client asks for, made at the first time and kept.
///
/// One lock around the table, held while a certificate is made (a fraction of a millisecond).
public final class NamedCertificates: Sendable {
    /// So many are kept; the oldest goes.
    static let most = 256

    private struct Table {
        var contexts: [String: TLSContext] = [:]
        /// The names as a ring, the oldest at `oldest` once it is full.
        var names: [String] = []
        var oldest = 0
    }

    private let authority: Authority
    private let table = Mutex(Table())

    /// Certificates that this authority signs.
    public init(_ authority: Authority) {
        self.authority = authority
    }

    /// How many are kept now.
    var count: Int { table.withLock { $0.contexts.count } }

    /// The certificate of a host, by its name or address in lower case.
    public func context(for host: String) throws(TLSError) -> TLSContext {
        guard Self.isName(host) else { throw .notMade("'\(host)' is not a host's name") }
        return try table.withLock { (table) throws(TLSError) in
            if let known = table.contexts[host] { return known }
            let made = try TLSContext(both: try authority.certificate(for: [host]))
            if table.names.count < Self.most {
                table.names.append(host)
            } else {
                table.contexts[table.names[table.oldest]] = nil
                table.names[table.oldest] = host
                table.oldest = (table.oldest + 1) % Self.most
            }
            table.contexts[host] = made
            return made
        }
    }

    /// Whether it is a name or an address: nothing by which a second subject could be slipped in.
    private static func isName(_ host: String) -> Bool {
        !host.isEmpty && host.utf8.count <= 253
            && host.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                    UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: ":"):
                    true
                default: false
                }
            }
    }
}
