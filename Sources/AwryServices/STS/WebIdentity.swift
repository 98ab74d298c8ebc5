// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryPolicy

extension IAM {
    static var assumeRoleWithWebIdentity: Handler? { assumeByToken(_:_:) }

    private static func assumeByToken(_ state: inout IAM, _ call: FakeCall) throws(WireError) -> Outcome {
        let role = try RoleARN(call)
        guard let token = JSONWebToken(call.members.text("WebIdentityToken")), let issuer = token.claims["iss"]?.string,
            let subject = token.claims["sub"]?.string
        else {
            throw call.error(
                "InvalidIdentityToken",
                "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)")
        }
        let bare = TokenIssuers.bare(issuer)
        let arn = "arn:aws:iam::\(role.account):oidc-provider/\(bare)"
        let provider = state.accounts[role.account]?.oidcProviders[arn]
        // Amazon Cognito's identity pools need no provider in the account, nor do those that a policy names directly.
        let isBuiltIn = ["cognito-identity.amazonaws.com", "accounts.google.com"].contains(bare)
        guard provider != nil || isBuiltIn else {
            throw call.error(
                "InvalidIdentityToken", "No OpenIDConnect provider found in your account for \(issuer)")
        }
        try check(token, issuer, call)
        if let provider, !token.audiences.contains(where: { provider.clientIDs.contains($0) }) {
            throw call.error("InvalidIdentityToken", "Incorrect token audience")
        }
        var request = SessionRequest(role, name: call.members.text("RoleSessionName"))
        request.provider = isBuiltIn ? bare : arn
        try request.takeClaims(token, call)
        var keys = state.conditionKeys(of: call)
        for name in ["aws:PrincipalArn", "aws:PrincipalAccount", "aws:userid", "aws:username"] { keys[name] = nil }
        for (claim, value) in token.claims {
            let texts = (value.list ?? [value]).compactMap(\.string)
            guard !texts.isEmpty else { continue }
            keys["\(bare):\(claim)"] = texts
            // Of the issuers that AWS knows by itself ("Available keys for AWS OIDC federation", IAM User Guide).
            if isBuiltIn, ["aud", "sub", "amr"].contains(claim) { request.vouched["\(bare):\(claim)"] = texts }
        }
        keys["aws:FederatedProvider"] = [request.provider ?? arn]
        request.add(to: &keys)
        let actions = ["sts:AssumeRoleWithWebIdentity"] + (request.tags.isEmpty ? [] : ["sts:TagSession"])
        let found: IAMRole
        do throws(WireError) {
            found = try state.trusted(role, by: .federated(by: request.provider ?? arn), actions, keys, call)
        } catch {
            // Who has no credentials is told no more than this.
            throw call.error("AccessDenied", "Not authorized to perform \(actions[0])")
        }
        var output = try state.open(request, of: found, call)
        output["SubjectFromWebIdentityToken"] = .string(subject)
        output["Audience"] = .string(token.audiences.first ?? "")
        output["Provider"] = .string(request.provider ?? arn)
        if let identity = request.sourceIdentity { output["SourceIdentity"] = .string(identity) }
        return .output(output)
    }

    /// Refuses a token whose time is over, or that its issuer did not sign.
    private static func check(_ token: JSONWebToken, _ issuer: String, _ call: FakeCall) throws(WireError) {
        guard let end = token.claims["exp"]?.integer else {
            throw call.error("InvalidIdentityToken", "Missing a required claim: exp")
        }
        guard call.now.seconds < end else {
            throw call.error(
                "ExpiredTokenException",
                "Token expired: current date/time \(call.now.seconds) must be before the expiration date/time \(end)")
        }
        guard let keys = call.issuers?.keys(of: issuer) else {
            throw call.error(
                "IDPCommunicationError",
                "Couldn't retrieve verification key from your identity provider,  please reference "
                    + "AssumeRoleWithWebIdentity documentation for requirements")
        }
        guard token.isSigned(by: keys) else {
            throw call.error(
                "InvalidIdentityToken",
                "Couldn't retrieve verification key from your identity provider,  please reference "
                    + "AssumeRoleWithWebIdentity documentation for requirements")
        }
    }
}

extension SessionRequest {
    /// Takes session tags and source identity from a token ("Pass session tags in AWS STS" of the IAM User Guide).
    fileprivate mutating func takeClaims(_ token: JSONWebToken, _ call: FakeCall) throws(WireError) {
        sourceIdentity = token.claims["https://aws.amazon.com/source_identity"]?.string
        guard let given = token.claims["https://aws.amazon.com/tags"]?.fields else { return }
        for (name, value) in given["principal_tags"]?.fields ?? [:] {
            guard let text = value.list?.first?.string ?? value.string else {
                throw call.error("InvalidIdentityToken", "The tag \(name) has no value.")
            }
            tags[name] = .string(text)
        }
        transitive = given.texts("transitive_tag_keys")
    }
}
