// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryDigest
import AwryPolicy

extension IAM {
    static var assumeRoleWithSAML: Handler? { assumeByAssertion(_:_:) }

    private static func assumeByAssertion(_ state: inout IAM, _ call: FakeCall) throws(WireError) -> Outcome {
        let role = try RoleARN(call)
        let arn = call.members.text("PrincipalArn")
        guard let assertion = SAMLAssertion(call.members.text("SAMLAssertion")) else {
            throw call.error("InvalidIdentityToken", "Invalid base64 SAMLResponse")
        }
        guard let provider = state.accounts[role.account]?.samlProviders[arn] else {
            throw call.error(
                "InvalidIdentityToken", "The specified provider doesn't exist (Service: AWSOpenIdDiscoveryService)")
        }
        try check(assertion, against: provider, call)
        // Each value is a role and a provider, in either order.
        let pairs = assertion["Role"].map { Set($0.split(separator: ",").map { String($0.filter { $0 != " " }) }) }
        guard pairs.contains([role.text, arn]), let name = assertion["RoleSessionName"].first else {
            throw call.error(
                "InvalidIdentityToken",
                "Response signature invalid or the role and the provider are not in the assertion")
        }
        var request = SessionRequest(role, name: name)
        request.provider = arn
        request.tags = assertion.tags
        request.transitive = assertion["TransitiveTagKeys"]
        request.sourceIdentity = assertion["SourceIdentity"].first
        request.longest = assertion["SessionDuration"].first.flatMap { Int64($0) }
        var keys = GivenKeys([
            "saml:aud": [assertion.recipient], "saml:iss": [assertion.issuer], "saml:sub": [assertion.subject],
            "saml:sub_type": [assertion.subjectType], "saml:namequalifier": [qualifier(assertion, provider, role)],
            "aws:FederatedProvider": [arn], "aws:CurrentTime": [TimeFormats.iso8601(call.now)],
        ])
        for name in ["saml:aud", "saml:iss", "saml:sub", "saml:sub_type", "saml:namequalifier"] {
            request.vouched[name] = keys[name]
        }
        request.add(to: &keys)
        let actions = ["sts:AssumeRoleWithSAML"] + (request.tags.isEmpty ? [] : ["sts:TagSession"])
        let found: IAMRole
        do throws(WireError) {
            found = try state.trusted(role, by: .federated(by: arn), actions, keys, call)
        } catch {
            throw call.error("AccessDenied", "Not authorized to perform \(actions[0])")
        }
        var output = try state.open(request, of: found, call)
        output["Subject"] = .string(assertion.subject)
        output["SubjectType"] = .string(assertion.subjectType)
        output["Issuer"] = .string(assertion.issuer)
        output["Audience"] = .string(assertion.recipient)
        output["NameQualifier"] = .string(qualifier(assertion, provider, role))
        if let identity = request.sourceIdentity { output["SourceIdentity"] = .string(identity) }
        return .output(output)
    }

    /// The base64 of a hash of issuer, account and provider ("AssumeRoleWithSAML" of the STS API Reference).
    private static func qualifier(_ assertion: SAMLAssertion, _ provider: SAMLProvider, _ role: RoleARN) -> String {
        Base64.text(Digests.sha1((assertion.issuer + role.account + "/" + provider.entity.name).utf8))
    }

    private static func check(
        _ assertion: SAMLAssertion, against provider: SAMLProvider, _ call: FakeCall
    ) throws(WireError) {
        switch assertion.flaw(by: provider, at: call.now) {
        case .issuer: throw call.error("InvalidIdentityToken", "Issuer not present in specified provider")
        case .signature: throw call.error("InvalidIdentityToken", "Response signature invalid")
        case .expired:
            throw call.error("ExpiredTokenException", "Token must be redeemed within 5 minutes of issuance")
        case .early: throw call.error("IDPRejectedClaim", "The assertion is not valid yet.")
        case nil: break
        }
    }
}
