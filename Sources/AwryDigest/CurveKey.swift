// SPDX-License-Identifier: Apache-2.0

import Crypto

/// A key of the curve P-384 that signs as JSON Web Tokens do (ES384; RFC 7518, section 3.4).
public struct CurveKey: Sendable {
    private let key: P384.Signing.PrivateKey

    /// A key made of these bits: the same each time `bits` gives the same.
    public init(bits: () -> UInt64) {
        while true {
            let raw = (0..<6).flatMap { _ in
                let draw = bits()
                return (0..<8).map { UInt8(truncatingIfNeeded: draw >> (8 * UInt64($0))) }
            }
            // Only numbers below the curve's order are keys; nearly all are.
            guard let made = try? P384.Signing.PrivateKey(rawRepresentation: raw) else { continue }
            key = made
            return
        }
    }

    /// The point's two coordinates, 48 bytes each.
    public var point: (x: [UInt8], y: [UInt8]) {
        let raw = Array(key.publicKey.rawRepresentation)
        return (Array(raw.prefix(48)), Array(raw.suffix(48)))
    }

    /// The signature of SHA-384: 96 bytes.
    public func signature(of bytes: [UInt8]) -> [UInt8] {
        (try? key.signature(for: SHA384.hash(data: bytes))).map { Array($0.rawRepresentation) } ?? []
    }

    /// Whether a signature by the key of this point is right: of P-256 (ES256), P-384 (ES384) or P-521 (ES512), as the
    /// point's size says.
    public static func isValid(_ signature: [UInt8], of bytes: [UInt8], x: [UInt8], y: [UInt8]) -> Bool {
        if x.count == 32 {
            guard let key = try? P256.Signing.PublicKey(rawRepresentation: x + y),
                let signature = try? P256.Signing.ECDSASignature(rawRepresentation: signature)
            else { return false }
            return key.isValidSignature(signature, for: SHA256.hash(data: bytes))
        }
        if x.count == 66 {
            guard let key = try? P521.Signing.PublicKey(rawRepresentation: x + y),
                let signature = try? P521.Signing.ECDSASignature(rawRepresentation: signature)
            else { return false }
            return key.isValidSignature(signature, for: SHA512.hash(data: bytes))
        }
        guard let key = try? P384.Signing.PublicKey(rawRepresentation: x + y),
            let signature = try? P384.Signing.ECDSASignature(rawRepresentation: signature)
        else { return false }
        return key.isValidSignature(signature, for: SHA384.hash(data: bytes))
    }
}
