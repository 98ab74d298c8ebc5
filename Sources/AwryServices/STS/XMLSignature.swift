// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryDigest
import AwryXML

/// The signature in an element (XML Signature Syntax and Processing), as SAML has it: of the element itself, enveloped,
/// in a canonical form, by RSA ("Assertions and Protocols for SAML V2.0", section 5.4).
struct XMLSignature {
    private let signature: XMLElement
    private let signed: XMLElement
    private let text: ArraySlice<UInt8>

    /// The signature that stands directly in an element; nil where there is none.
    init?(in signed: XMLElement, text: ArraySlice<UInt8>) {
        guard let signature = signed.first("Signature") else { return nil }
        self.signature = signature
        self.signed = signed
        self.text = text
    }

    /// The hash function that an algorithm's name ends with.
    private static func function(_ element: XMLElement?) -> SignatureHash? {
        let name = element?.attribute("Algorithm") ?? ""
        return SignatureHash.allCases.first { function in
            ["#", "#rsa-"].contains { name.hasSuffix($0 + function.rawValue) }
        }
    }

    /// Whether one of these keys signed the element, and all of it.
    func isMade(by keys: [RSAPublicKey]) -> Bool {
        guard let info = signature.first("SignedInfo"), coversElement(info),
            let method = info.first("SignatureMethod"), method.attribute("Algorithm")?.contains("#rsa-") == true,
            let function = Self.function(method), let form = info.first("CanonicalizationMethod"),
            let kind = form.attribute("Algorithm").flatMap({ XMLCanonical(rawValue: $0) }),
            let bytes = info.canonical(kind, of: text, prefixes: Self.prefixes(form)),
            let value = Self.base64(signature.first("SignatureValue"))
        else { return false }
        return keys.contains {
            RSAKey.isValid(value, of: bytes, function, modulus: $0.modulus, exponent: $0.exponent)
        }
    }

    /// Whether what is signed is a hash of this element: SAML has one reference, to the element that holds it.
    private func coversElement(_ info: XMLElement) -> Bool {
        let references = info.children.filter { $0.isNamed("Reference") }
        guard references.count == 1, let reference = references.first, let name = reference.attribute("URI"),
            name.isEmpty || signed.attribute("ID").map({ name == "#\($0)" }) ?? false,
            let function = Self.function(reference.first("DigestMethod")),
            let wanted = Self.base64(reference.first("DigestValue"))
        else { return false }
        var form = XMLCanonical.inclusive
        var prefixes: String?
        for transform in reference.first("Transforms")?.children.filter({ $0.isNamed("Transform") }) ?? [] {
            guard let algorithm = transform.attribute("Algorithm") else { return false }
            if algorithm == "http://www.w3.org/2000/09/xmldsig#enveloped-signature" { continue }
            guard let found = XMLCanonical(rawValue: algorithm) else { return false }
            form = found
            prefixes = Self.prefixes(transform)
        }
        guard let bytes = signed.canonical(form, of: text, without: signature, prefixes: prefixes) else { return false }
        return Digests.areEqual(wanted, function.digest(bytes))
    }

    private static func prefixes(_ method: XMLElement) -> String? {
        method.first("InclusiveNamespaces")?.attribute("PrefixList")
    }

    private static func base64(_ element: XMLElement?) -> [UInt8]? {
        element.flatMap { Base64.decode($0.textBytes.filter { $0 > 0x20 }) }
    }
}
