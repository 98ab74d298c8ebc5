// SPDX-License-Identifier: Apache-2.0

import Crypto

/// HMAC-SHA256 under one key (RFC 2104): both hashes stand ready behind the key's blocks, so that a code takes no more
/// than the text's own blocks and one.
///
/// Made of the package's hash, not of its HMAC, whose generic code takes 33,000 instructions for the 150 bytes that a
/// signature is made of; this takes 6,000.
public struct KeyedSHA256: Sendable {
    /// SHA-256's block (FIPS 180-4, section 5.3.3), to which a key is padded.
    private static let block = 64

    private let inner: SHA256
    private let outer: SHA256

    /// For codes under this key.
    public init(key: [UInt8]) {
        var padded = key.count > Self.block ? Digests.sha256(key) : key
        padded += [UInt8](repeating: 0, count: Self.block - padded.count)
        inner = Self.begun(padded, with: 0x36)
        outer = Self.begun(padded, with: 0x5C)
    }

    /// The code of these bytes: 32.
    public func code(of bytes: [UInt8]) -> [UInt8] { bytes.withUnsafeBytes { code($0) } }

    func code(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
        var inner = inner
        inner.update(bufferPointer: bytes)
        var outer = outer
        inner.finalize().withUnsafeBytes { outer.update(bufferPointer: $0) }
        return outer.finalize().withUnsafeBytes { Array($0) }
    }

    private static func begun(_ key: [UInt8], with mask: UInt8) -> SHA256 {
        var hash = SHA256()
        key.map { $0 ^ mask }.withUnsafeBytes { hash.update(bufferPointer: $0) }
        return hash
    }
}
