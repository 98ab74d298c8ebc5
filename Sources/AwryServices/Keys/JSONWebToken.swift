// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryDigest

/// A signed token (RFC 7519), taken apart.
struct JSONWebToken: Sendable {
    let header: Fields
    let claims: Fields
    /// What is signed.
    let signed: [UInt8]
    let signature: [UInt8]

    /// The token of a text; nil where it is none.
    init?(_ text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3, let head = Base64.urlDecode(parts[0]), let body = Base64.urlDecode(parts[1]),
            let signature = Base64.urlDecode(parts[2]), let header = (try? JSON.parse(head[...]))?.fields,
            let claims = (try? JSON.parse(body[...]))?.fields
        else { return nil }
        self.header = header
        self.claims = claims
        self.signature = signature
        signed = Array(parts[0]) + [UInt8(ascii: ".")] + Array(parts[1])
    }

    /// The audiences: `aud` may be one text or a list.
    var audiences: [String] {
        (claims["aud"]?.list ?? [claims["aud"]].compactMap { $0 }).compactMap(\.string)
    }

    /// Whether one of these keys (RFC 7517) signed it.
    func isSigned(by keys: [Fields]) -> Bool {
        let id = header["kid"]?.string
        let named = keys.filter { id == nil || $0["kid"] == nil || $0["kid"]?.string == id }
        return named.contains { key in
            switch (header["alg"]?.string, key["kty"]?.string) {
            case ("RS256", "RSA"), ("RS384", "RSA"), ("RS512", "RSA"):
                guard let modulus = Self.number(key["n"]), let exponent = Self.number(key["e"]),
                    let function = SignatureHash(rawValue: "sha" + (header["alg"]?.string ?? "").suffix(3))
                else { return false }
                return RSAKey.isValid(signature, of: signed, function, modulus: modulus, exponent: exponent)
            case ("ES256", "EC"), ("ES384", "EC"), ("ES512", "EC"):
                guard let x = Self.number(key["x"]), let y = Self.number(key["y"]),
                    x.count == Self.curves[header["alg"]?.string ?? ""]
                else { return false }
                return CurveKey.isValid(signature, of: signed, x: x, y: y)
            default: return false
            }
        }
    }

    /// A token of these parts, signed by `sign`.
    static func text(header: Value, claims: Value, sign: ([UInt8]) -> [UInt8]) -> String {
        let body = Base64.urlText(JSON.text(header).utf8) + "." + Base64.urlText(JSON.text(claims).utf8)
        return body + "." + Base64.urlText(sign(Array(body.utf8)))
    }

    /// How many bytes the coordinates of each algorithm's curve have (RFC 7518, section 3.4).
    private static let curves = ["ES256": 32, "ES384": 48, "ES512": 66]

    private static func number(_ value: Value?) -> [UInt8]? {
        value?.string.flatMap { Base64.urlDecode($0.utf8) }
    }
}
