// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc

/// A socket's address, IPv4 or IPv6, as the system's calls want it.
struct SocketAddress {
    private(set) var storage = sockaddr_storage()
    private(set) var length = socklen_t(MemoryLayout<sockaddr_storage>.size)

    /// An address to be filled in by the system.
    init() {}

    /// The address that `host` is the text form of; nil if it is none.
    init?(host: String, port: UInt16) {
        let text = host == "localhost" ? "127.0.0.1" : host
        var four = sockaddr_in()
        var six = sockaddr_in6()
        if inet_pton(AF_INET, text, &four.sin_addr) == 1 {
            four.sin_family = sa_family_t(AF_INET)
            four.sin_port = port.bigEndian
            store(four)
        } else if inet_pton(AF_INET6, text, &six.sin6_addr) == 1 {
            six.sin6_family = sa_family_t(AF_INET6)
            six.sin6_port = port.bigEndian
            store(six)
        } else {
            return nil
        }
    }

    /// The address that the system found for a name; nil where it is too large to be one.
    init?(_ found: addrinfo) {
        guard let address = found.ai_addr, Int(found.ai_addrlen) <= MemoryLayout<sockaddr_storage>.size else {
            return nil
        }
        withUnsafeMutableBytes(of: &storage) {
            $0.copyMemory(from: UnsafeRawBufferPointer(start: address, count: Int(found.ai_addrlen)))
        }
        length = found.ai_addrlen
    }

    var isIPv6: Bool { storage.ss_family == sa_family_t(AF_INET6) }

    /// The port; both families keep it in the same place.
    var port: UInt16 {
        withUnsafeBytes(of: storage) { UInt16(bigEndian: $0.loadUnaligned(fromByteOffset: 2, as: UInt16.self)) }
    }

    /// The address without the port, in text form; an IPv4 address that came through an IPv6 socket as itself.
    var host: String {
        withUnsafeBytes(of: storage) { bytes in
            guard isIPv6 else { return Self.text(AF_INET, UnsafeRawBufferPointer(rebasing: bytes[4..<8])) }
            let address = UnsafeRawBufferPointer(rebasing: bytes[8..<24])
            if address[..<10].allSatisfy({ $0 == 0 }), address[10] == 0xFF, address[11] == 0xFF {
                return Self.text(AF_INET, UnsafeRawBufferPointer(rebasing: address[12...]))
            }
            return Self.text(AF_INET6, address)
        }
    }

    /// Calls `body` with the address as `bind` wants it.
    func withAddress<R>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> R) -> R {
        withUnsafePointer(to: storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, length) }
        }
    }

    /// Calls `body` with room for an address, as `accept4` and `getsockname` want it.
    mutating func fill<R>(_ body: (UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> R) -> R {
        length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        return withUnsafeMutablePointer(to: &storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, &length) }
        }
    }

    private mutating func store<A>(_ address: A) {
        withUnsafeBytes(of: address) { source in
            withUnsafeMutableBytes(of: &storage) { $0.copyMemory(from: source) }
        }
        length = socklen_t(MemoryLayout<A>.size)
    }

    private static func text(_ family: Int32, _ address: UnsafeRawBufferPointer) -> String {
        String(unsafeUninitializedCapacity: Int(INET6_ADDRSTRLEN)) { buffer in
            buffer.withMemoryRebound(to: CChar.self) { characters in
                guard let start = characters.baseAddress,
                    inet_ntop(family, address.baseAddress, start, socklen_t(INET6_ADDRSTRLEN)) != nil
                else { return 0 }
                return strlen(start)
            }
        }
    }
}
