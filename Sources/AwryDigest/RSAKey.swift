// SPDX-License-Identifier: Apache-2.0

import Crypto
import CryptoExtras

/// A key of RSA with 2,048 bits that signs as JSON Web Tokens do (RS256, RS512; RFC 7518, section 3.3).
public struct RSAKey: Sendable {
    /// The public modulus, 256 bytes, most significant first.
    public let modulus: [UInt8]
    /// The public exponent, 65537.
    public static let exponent: [UInt8] = [1, 0, 1]

    private let key: _RSA.Signing.PrivateKey

    /// A key made of these bits: the same each time `bits` gives the same. The packages at hand make keys of the
    /// machine's own chance alone, and a scenario's seed would not repeat their tokens.
    public init(bits: () -> UInt64) {
        while true {
            let (first, second) = (Prime.next(limbs: 16, bits), Prime.next(limbs: 16, bits))
            guard first != second, let made = RSAKey(first, second) else { continue }
            self = made
            return
        }
    }

    private init?(_ first: [UInt64], _ second: [UInt64]) {
        let modulus = Limbs.product(first, second)
        // Both primes are odd, so one less only clears the lowest bit.
        let totient = Limbs.product([first[0] - 1] + first.dropFirst(), [second[0] - 1] + second.dropFirst())
        guard let secret = Self.inverse(of: 65537, modulo: totient) else { return nil }
        self.modulus = Limbs.write(modulus, count: 256)
        let key = try? _RSA.Signing.PrivateKey(
            n: self.modulus, e: Self.exponent, d: Limbs.write(secret, count: 256), p: Limbs.write(first, count: 128),
            q: Limbs.write(second, count: 128))
        guard let key else { return nil }
        self.key = key
    }

    /// The inverse of a small prime modulo a number that it does not divide: (1 + k * number) / small, for the k that
    /// leaves no remainder.
    private static func inverse(of small: UInt64, modulo number: [UInt64]) -> [UInt64]? {
        let remainder = Limbs.divided(number, by: small).remainder
        guard let times = (1..<small).first(where: { (1 + $0 * remainder) % small == 0 }) else { return nil }
        var product = Limbs.product(number, [times])
        for index in product.indices {
            product[index] &+= 1
            if product[index] != 0 { break }
        }
        return Limbs.divided(product, by: small).quotient
    }

    /// The signature of a text's hash by PKCS #1 v1.5 (RFC 8017, section 8.2): 256 bytes.
    public func signature(of bytes: [UInt8], _ function: SignatureHash = .sha256) -> [UInt8] {
        let padding = _RSA.Signing.Padding.insecurePKCS1v1_5
        let signed =
            switch function {
            case .sha1: try? key.signature(for: Insecure.SHA1.hash(data: bytes), padding: padding)
            case .sha256: try? key.signature(for: SHA256.hash(data: bytes), padding: padding)
            case .sha384: try? key.signature(for: SHA384.hash(data: bytes), padding: padding)
            case .sha512: try? key.signature(for: SHA512.hash(data: bytes), padding: padding)
            }
        return signed.map { Array($0.rawRepresentation) } ?? []
    }

    /// Whether a signature by the key of this modulus and exponent is right.
    public static func isValid(
        _ signature: [UInt8], of bytes: [UInt8], _ function: SignatureHash = .sha256, modulus: [UInt8],
        exponent: [UInt8]
    ) -> Bool {
        guard let key = try? _RSA.Signing.PublicKey(n: modulus, e: exponent) else { return false }
        let claimed = _RSA.Signing.RSASignature(rawRepresentation: signature)
        let padding = _RSA.Signing.Padding.insecurePKCS1v1_5
        return switch function {
        case .sha1: key.isValidSignature(claimed, for: Insecure.SHA1.hash(data: bytes), padding: padding)
        case .sha256: key.isValidSignature(claimed, for: SHA256.hash(data: bytes), padding: padding)
        case .sha384: key.isValidSignature(claimed, for: SHA384.hash(data: bytes), padding: padding)
        case .sha512: key.isValidSignature(claimed, for: SHA512.hash(data: bytes), padding: padding)
        }
    }
}
