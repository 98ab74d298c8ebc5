// SPDX-License-Identifier: Apache-2.0

import Crypto

/// The hash functions over which RSA and curves sign.
public enum SignatureHash: String, Sendable, CaseIterable {
    /// Only for what older identity providers still sign.
    case sha1
    case sha256
    case sha384
    case sha512

    /// The hash of some bytes (FIPS 180-4).
    public func digest(_ bytes: [UInt8]) -> [UInt8] {
        switch self {
        case .sha1: Array(Insecure.SHA1.hash(data: bytes))
        case .sha256: Array(SHA256.hash(data: bytes))
        case .sha384: Array(SHA384.hash(data: bytes))
        case .sha512: Array(SHA512.hash(data: bytes))
        }
    }
}
