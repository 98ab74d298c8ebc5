// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryXML

/// What a SAML response says of whom it is for ("Configure SAML assertions for the authentication response" of the IAM
/// User Guide).
struct SAMLAssertion: Sendable {
    let issuer: String
    let subject: String
    let subjectType: String
    let audience: String
    let recipient: String
    let notBefore: Timestamp?
    let notOnOrAfter: Timestamp?
    /// The signatures of the whole response and of the assertion, those that are there.
    private let signatures: [XMLSignature]
    /// The values of each attribute, by its name.
    private(set) var attributes: [String: [String]] = [:]

    /// The assertion in a response that is base64; nil where there is none.
    init?(_ text: String) {
        guard let bytes = Base64.decode(text.utf8.filter { $0 > 0x20 }), let document = try? XMLDocument(bytes[...])
        else { return nil }
        let root = document.root
        guard let assertion = root.isNamed("Assertion") ? root : root.first("Assertion"),
            let issuer = (assertion.first("Issuer") ?? root.first("Issuer"))?.text,
            let name = assertion.first("Subject")?.first("NameID")
        else { return nil }
        self.issuer = issuer
        subject = name.text
        let signed = root.isNamed("Assertion") ? [root] : [root, assertion]
        signatures = signed.compactMap { XMLSignature(in: $0, text: bytes[...]) }
        let format = name.attribute("Format").map { $0.split(separator: ":").last.map(String.init) ?? $0 }
        subjectType = format == "persistent" || format == "transient" ? format ?? "" : name.attribute("Format") ?? ""
        let confirmation = assertion.first("Subject")?.first("SubjectConfirmation")?.first("SubjectConfirmationData")
        recipient = confirmation?.attribute("Recipient") ?? ""
        let conditions = assertion.first("Conditions")
        audience = conditions?.first("AudienceRestriction")?.first("Audience")?.text ?? ""
        notBefore = conditions?.attribute("NotBefore").flatMap { TimeFormats.parseISO8601($0) }
        let end = conditions?.attribute("NotOnOrAfter") ?? confirmation?.attribute("NotOnOrAfter")
        notOnOrAfter = end.flatMap { TimeFormats.parseISO8601($0) }
        for statement in assertion.children where statement.isNamed("AttributeStatement") {
            for attribute in statement.children where attribute.isNamed("Attribute") {
                let values = attribute.children.filter { $0.isNamed("AttributeValue") }.map(\.text)
                attributes[attribute.attribute("Name") ?? "", default: []] += values
            }
        }
    }

    /// Whether one of these keys signed it: the response or the assertion must be signed, and no signature be wrong.
    func isSigned(by keys: [RSAPublicKey]) -> Bool {
        !signatures.isEmpty && signatures.allSatisfy { $0.isMade(by: keys) }
    }

    /// The values of one of AWS's own attributes.
    subscript(name: String) -> [String] { attributes["https://aws.amazon.com/SAML/Attributes/\(name)"] ?? [] }

    /// The tags of the session.
    var tags: Fields {
        let prefix = "https://aws.amazon.com/SAML/Attributes/PrincipalTag:"
        let found = attributes.filter { $0.key.hasPrefix(prefix) }.sorted { $0.key < $1.key }
        return Fields(found.map { (String($0.key.dropFirst(prefix.count)), .string($0.value.first ?? "")) })
    }

    /// What is wrong with it.
    enum Flaw {
        case issuer
        case signature
        case expired(Timestamp)
        case early
    }

    /// What makes it no assertion of this provider's at this moment; nil where it is one.
    func flaw(by provider: SAMLProvider, at now: Timestamp) -> Flaw? {
        guard issuer == provider.metadata.issuer else { return .issuer }
        let certificates = provider.metadata.certificates
        let keys = certificates.compactMap { RSAPublicKey(info: $0.publicKey) }
        guard certificates.isEmpty || isSigned(by: keys) else { return .signature }
        if let end = notOnOrAfter, now >= end { return .expired(end) }
        if let start = notBefore, now < start { return .early }
        return nil
    }
}
