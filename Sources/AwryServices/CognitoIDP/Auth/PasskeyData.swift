// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryDigest

/// What an authenticator says and signs (W3C, "Web Authentication", section 6.1), and the key that it registers.
struct PasskeyData: Sendable {
    /// A key of those that Cognito asks for: ES256 and RS256 (RFC 9053, 2.1; RFC 8812, 2).
    enum Key: Sendable {
        case curve(x: [UInt8], y: [UInt8])
        case rsa(modulus: [UInt8], exponent: [UInt8])

        /// Whether it has signed these bytes; a curve's signature is a sequence of two integers (6.5.6).
        func hasSigned(_ bytes: [UInt8], _ signature: [UInt8]) -> Bool {
            switch self {
            case .rsa(let modulus, let exponent):
                return RSAKey.isValid(signature, of: bytes, modulus: modulus, exponent: exponent)
            case .curve(let x, let y):
                guard let parts = DER.only(signature)?.elements, parts.count == 2,
                    parts.allSatisfy({ $0.magnitude.count <= 32 })
                else { return false }
                let raw = parts.flatMap { part in
                    [UInt8](repeating: 0, count: 32 - part.magnitude.count) + part.magnitude
                }
                return CurveKey.isValid(raw, of: bytes, x: x, y: y)
            }
        }
    }

    /// SHA-256 of the relying party's id.
    let party: [UInt8]
    /// Whether somebody was there.
    let isPresent: Bool
    /// The id of the credential and its key, where one is registered.
    let credential: (id: [UInt8], key: Key)?

    /// The data of these bytes; nil where they are none.
    init?(_ bytes: [UInt8]) {
        guard bytes.count >= 37 else { return nil }
        party = Array(bytes[0..<32])
        isPresent = bytes[32] & 0x01 != 0
        guard bytes[32] & 0x40 != 0 else {
            credential = nil
            return
        }
        guard bytes.count >= 55 else { return nil }
        let end = 55 + (Int(bytes[53]) << 8 | Int(bytes[54]))
        guard end <= bytes.count, let key = Self.key(bytes[end...]) else { return nil }
        credential = (Array(bytes[55..<end]), key)
    }

    /// The data in an attestation object: its map's text `authData` is followed by a string of bytes.
    init?(attestation: [UInt8]) {
        guard let fields = (try? CBOR.parse(attestation[...]))?.fields, case .blob(let data)? = fields["authData"]
        else { return nil }
        self.init(Array(data.bytes))
    }

    /// A COSE key (RFC 9052, 7): a map from small integers to integers and strings of bytes.
    private static func key(_ bytes: ArraySlice<UInt8>) -> Key? {
        var reader = COSEReader(bytes)
        guard let entries = reader.map() else { return nil }
        func string(_ label: Int) -> [UInt8]? { if case .bytes(let bytes)? = entries[label] { bytes } else { nil } }
        func number(_ label: Int) -> Int? { if case .number(let number)? = entries[label] { number } else { nil } }
        switch (number(1), number(3)) {
        case (2, -7):
            guard number(-1) == 1, let x = string(-2), let y = string(-3), x.count == 32, y.count == 32 else {
                return nil
            }
            return .curve(x: x, y: y)
        case (3, -257):
            guard let modulus = string(-1), let exponent = string(-2) else { return nil }
            return .rsa(modulus: modulus, exponent: exponent)
        default: return nil
        }
    }
}

/// Reads what COSE keys are made of, which is no part of the CBOR that AWS's protocols speak: names that are integers.
private struct COSEReader {
    enum Item {
        case number(Int)
        case bytes([UInt8])
    }

    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) {
        rest = bytes
    }

    /// A map of at most 23 entries; nil where it is something else. What follows it is not looked at.
    mutating func map() -> [Int: Item]? {
        guard let first = rest.popFirst(), first >> 5 == 5, first & 0x1F < 24 else { return nil }
        var entries: [Int: Item] = [:]
        for _ in 0..<Int(first & 0x1F) {
            guard case .number(let label)? = item(), let value = item() else { return nil }
            entries[label] = value
        }
        return entries
    }

    private mutating func item() -> Item? {
        guard let first = rest.popFirst() else { return nil }
        var argument = Int(first & 0x1F)
        switch argument {
        case 0..<24: break
        case 24, 25:
            let count = argument == 24 ? 1 : 2
            guard rest.count >= count else { return nil }
            argument = rest.prefix(count).reduce(0) { $0 << 8 | Int($1) }
            rest = rest.dropFirst(count)
        default: return nil
        }
        switch first >> 5 {
        case 0: return .number(argument)
        case 1: return .number(-1 - argument)
        case 2:
            guard rest.count >= argument else { return nil }
            defer { rest = rest.dropFirst(argument) }
            return .bytes(Array(rest.prefix(argument)))
        default: return nil
        }
    }
}
