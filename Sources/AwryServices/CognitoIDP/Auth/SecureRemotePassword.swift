// SPDX-License-Identifier: Apache-2.0

import AwryDigest

/// The server's half of the secure remote password protocol, as Cognito speaks it: SRP-6a (RFC 5054) in its group of
/// 3,072 bits with SHA-256, numbers hashed as Java's `BigInteger.toByteArray` writes them, and the shared key drawn by
/// HKDF with the words "Caldera Derived Key".
enum SecureRemotePassword {
    /// RFC 5054, appendix A, the group of 3,072 bits (RFC 3526, section 4).
    private static let prime = Hex.decode(primeText.utf8) ?? []
    private static let primeText = [
        "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD",
        "EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED",
        "EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F",
        "83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B",
        "E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D2261898FA0510",
        "15728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7",
        "ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200C",
        "BBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF",
    ].joined()
    private static let generator: [UInt8] = [2]
    // Its lowest bit is set, so that it is a modulus.
    private static let modulus = Modulus(prime)
    private static let multiplier = Digests.sha256(padded(prime) + padded(generator))

    /// A number without leading zeros, with one where its highest bit is set.
    static func padded(_ number: [UInt8]) -> [UInt8] {
        let digits = number.drop { $0 == 0 }
        guard let first = digits.first else { return [0] }
        return (first & 0x80 == 0 ? [] : [0]) + digits
    }

    /// The secret that a password stands for: x of RFC 5054, section 2.4, with the pool's name before the user's.
    static func secret(salt: [UInt8], group: String, user: String, password: String) -> [UInt8] {
        Digests.sha256(padded(salt) + Digests.sha256(Array("\(group)\(user):\(password)".utf8)))
    }

    /// What the server keeps of a password: g^x.
    static func verifier(_ secret: [UInt8]) -> [UInt8] { modulus?.power(generator, secret) ?? [] }

    /// The server's public number, k * v + g^b.
    static func publicNumber(verifier: [UInt8], secret: [UInt8]) -> [UInt8] {
        guard let modulus else { return [] }
        return modulus.add(modulus.multiply(multiplier, verifier), modulus.power(generator, secret))
    }

    /// The key of 16 bytes that both sides come to; nil where the client's number is a multiple of the prime, which
    /// would make it known to anybody.
    static func key(client: [UInt8], server: [UInt8], verifier: [UInt8], secret: [UInt8]) -> [UInt8]? {
        guard let modulus, modulus.add(client, []).contains(where: { $0 != 0 }) else { return nil }
        let scrambler = Digests.sha256(padded(client) + padded(server))
        let shared = modulus.power(modulus.multiply(client, modulus.power(verifier, scrambler)), secret)
        let drawn = Digests.hmacSHA256(key: padded(scrambler), padded(shared))
        return Array(Digests.hmacSHA256(key: drawn, Array("Caldera Derived Key".utf8) + [1]).prefix(16))
    }

    /// What proves that the client has the key: over the pool's name, the user, the secret block and the time.
    static func proof(key: [UInt8], group: String, user: String, block: [UInt8], timestamp: String) -> [UInt8] {
        Digests.hmacSHA256(key: key, Array("\(group)\(user)".utf8) + block + Array(timestamp.utf8))
    }
}
