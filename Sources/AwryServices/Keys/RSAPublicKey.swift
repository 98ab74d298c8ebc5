// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// An RSA key, as SSH and as certificates write it.
struct RSAPublicKey: Sendable, Hashable {
    /// The modulus, without leading zeros.
    let modulus: [UInt8]
    /// The exponent, without leading zeros.
    let exponent: [UInt8]

    /// The key of an `ssh-rsa AAAA…` line (RFC 4253, 6.6); nil where it is none.
    init?(ssh line: String) {
        let words = line.split(whereSeparator: \.isWhitespace)
        guard words.count >= 2, words[0] == "ssh-rsa", let bytes = Base64.decode(words[1].utf8) else { return nil }
        var rest = bytes[...]
        func next() -> ArraySlice<UInt8>? {
            guard rest.count >= 4 else { return nil }
            let length = rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
            guard rest.count - 4 >= length else { return nil }
            defer { rest = rest.dropFirst(4 + length) }
            return rest.dropFirst(4).prefix(length)
        }
        guard next()?.elementsEqual("ssh-rsa".utf8) == true, let exponent = next(), let modulus = next() else {
            return nil
        }
        self.init(modulus: Array(modulus), exponent: Array(exponent))
    }

    /// The key of a `PUBLIC KEY` text (RFC 5280, 4.1.2.7); nil where it is none.
    init?(pem: String) {
        guard let block = PEM.blocks(in: pem)?.first, block.label == "PUBLIC KEY" else { return nil }
        self.init(info: block.bytes)
    }

    /// The key of a SubjectPublicKeyInfo (RFC 5280, 4.1.2.7); nil where it is none, or of another sort.
    init?(info: [UInt8]) {
        guard let parts = DER.only(info)?.elements, parts.count == 2,
            let inner = DER.only(Array(parts[1].content.dropFirst()))?.elements, inner.count == 2
        else { return nil }
        self.init(modulus: Array(inner[0].magnitude), exponent: Array(inner[1].magnitude))
    }

    /// The key of these numbers.
    init(modulus: [UInt8], exponent: [UInt8]) {
        self.modulus = Array(modulus.drop { $0 == 0 })
        self.exponent = Array(exponent.drop { $0 == 0 })
    }

    /// How many bits the modulus has.
    var bits: Int { modulus.count * 8 - (modulus.first?.leadingZeroBitCount ?? 0) }

    /// The encoding as SSH has it.
    var sshBytes: [UInt8] {
        func field(_ bytes: [UInt8]) -> [UInt8] {
            (0..<4).map { UInt8(truncatingIfNeeded: bytes.count >> (24 - 8 * $0)) } + bytes
        }
        func number(_ bytes: [UInt8]) -> [UInt8] {
            field(bytes.first.map { $0 >= 0x80 } ?? false ? [0] + bytes : bytes)
        }
        return field(Array("ssh-rsa".utf8)) + number(exponent) + number(modulus)
    }

    /// The line that SSH reads.
    var sshText: String { "ssh-rsa \(Base64.text(sshBytes))" }

    /// The encoding as certificates have it, SubjectPublicKeyInfo.
    var der: [UInt8] {
        let algorithm = DER.encode(0x30, [0x06, 9, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 1, 0x05, 0])
        let key = DER.encode(0x30, DER.integer(modulus) + DER.integer(exponent))
        return DER.encode(0x30, algorithm + DER.encode(0x03, [0] + key))
    }

    /// The same as a text.
    var pemText: String { PEM.text("PUBLIC KEY", der) }
}
