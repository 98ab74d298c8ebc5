// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// What of an X.509 certificate (RFC 5280) matters to who keeps it.
struct Certificate: Sendable {
    /// The encoding of its issuer's name.
    let issuer: [UInt8]
    /// The encoding of its subject's name.
    let subject: [UInt8]
    /// The encoding of the key that it certifies, SubjectPublicKeyInfo.
    let publicKey: [UInt8]
    /// The first moment at which it holds.
    let validFrom: Timestamp
    /// The last moment at which it holds.
    let validUntil: Timestamp
    /// The whole certificate.
    let bytes: [UInt8]

    /// The certificate of this text; nil where it is none, or more than one.
    init?(pem: String) {
        guard let blocks = PEM.blocks(in: pem), blocks.count == 1, let block = blocks.first,
            block.label == "CERTIFICATE"
        else { return nil }
        self.init(der: block.bytes)
    }

    /// The certificate of this encoding; nil where it is none.
    init?(der bytes: [UInt8]) {
        guard let parts = DER.only(bytes)?.elements, parts.count == 3, var fields = parts[0].elements else {
            return nil
        }
        // The version, which only the first of the three forms leaves out.
        if fields.first?.tag == 0xA0 { fields.removeFirst() }
        guard fields.count >= 6, let period = fields[3].elements, period.count == 2,
            let from = Self.moment(period[0]), let until = Self.moment(period[1])
        else { return nil }
        issuer = Array(fields[2].whole)
        subject = Array(fields[4].whole)
        publicKey = Array(fields[5].whole)
        validFrom = from
        validUntil = until
        self.bytes = bytes
    }

    /// `YYMMDDHHMMSSZ`, or with four digits of the year (RFC 5280, 4.1.2.5).
    private static func moment(_ time: DER) -> Timestamp? {
        let text = time.content.dropLast()
        guard time.content.last == UInt8(ascii: "Z"), text.count == (time.tag == 0x17 ? 12 : 14) else { return nil }
        let digits = text.map { Int($0) - 0x30 }
        guard digits.allSatisfy({ (0...9).contains($0) }) else { return nil }
        var at = time.tag == 0x17 ? 2 : 4
        var year = digits[..<at].reduce(0) { $0 * 10 + $1 }
        if time.tag == 0x17 { year += year < 50 ? 2000 : 1900 }
        func next() -> Int {
            defer { at += 2 }
            return digits[at] * 10 + digits[at + 1]
        }
        return CalendarTime.moment(
            year: year, month: next(), day: next(), hour: next(), minute: next(), second: next(), millisecond: 0)
    }
}

/// A private key, as far as it can be told whether it belongs to a certificate.
struct PrivateKeyText: Sendable {
    /// What of the key the private one repeats: an RSA modulus, a point of a curve.
    private let mark: [UInt8]

    /// The key of this text, RSA or of an elliptic curve, in its own form or in PKCS #8's (RFC 5208); nil where it is
    /// none, or encrypted.
    init?(pem: String) {
        guard let block = PEM.blocks(in: pem)?.last, let parts = DER.only(block.bytes)?.elements else { return nil }
        switch block.label {
        case "RSA PRIVATE KEY": self.init(rsa: parts)
        case "EC PRIVATE KEY": self.init(curve: parts)
        case "PRIVATE KEY":
            guard parts.count >= 3, let inner = DER.only(Array(parts[2].content))?.elements else { return nil }
            if inner.count >= 9 { self.init(rsa: inner) } else { self.init(curve: inner) }
        default: return nil
        }
    }

    private init?(rsa parts: [DER]) {
        guard parts.count >= 9 else { return nil }
        mark = Array(parts[1].magnitude)
    }

    private init?(curve parts: [DER]) {
        guard let point = parts.first(where: { $0.tag == 0xA1 })?.elements?.first else { return nil }
        mark = Array(point.content.dropFirst())
    }

    /// Whether a certificate is for this key.
    func belongs(to certificate: Certificate) -> Bool {
        guard mark.count >= 16, mark.count <= certificate.publicKey.count else { return false }
        return (0...certificate.publicKey.count - mark.count).contains { start in
            certificate.publicKey[start..<start + mark.count].elementsEqual(mark)
        }
    }
}
