// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryXML

/// What a SAML provider says of itself ("Metadata for the OASIS Security Assertion Markup Language V2.0", 2.3.2).
struct SAMLMetadata: Sendable {
    /// As it was sent.
    let text: String
    /// Whom assertions must come from.
    let issuer: String
    /// The certificates by which assertions may be signed.
    var certificates: [Certificate] = []
    let validUntil: Timestamp?

    /// The document that a call brings.
    init(_ call: FakeCall) throws(WireError) {
        text = call.members.text("SAMLMetadataDocument")
        guard let document = try? XMLDocument(Array(text.utf8)[...]), let entity = Self.entity(document.root),
            let issuer = entity.attribute("entityID"), let role = entity.first("IDPSSODescriptor")
        else { throw call.error("InvalidInput", "Could not parse metadata") }
        self.issuer = issuer
        validUntil = entity.attribute("validUntil").flatMap { TimeFormats.parseISO8601($0) }
        for descriptor in role.children where descriptor.isNamed("KeyDescriptor") {
            guard descriptor.attribute("use") != "encryption",
                let body = descriptor.first("KeyInfo")?.first("X509Data")?.first("X509Certificate"),
                let bytes = Base64.decode(body.text.utf8.filter { $0 > 0x20 }),
                let certificate = Certificate(der: bytes)
            else { continue }
            certificates.append(certificate)
        }
    }

    private static func entity(_ root: XMLElement) -> XMLElement? {
        root.isNamed("EntityDescriptor") ? root : root.first("EntityDescriptor")
    }
}
