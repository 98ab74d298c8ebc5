// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel
import AwryPolicy

/// Condition keys that only some calls have: those of an organisation, of the identity that a call of IAM is about, of
/// a signature's age, of a token, of a provider's session ("Actions, resources, and condition keys" of each service in
/// the Service Authorization Reference).
struct ServiceKeys {
    let call: FakeCall
    let circumstances: Circumstances
    let held: HeldRights
    let guardian: ResourceGuard?
    let organization: OrganizationControl?

    /// The values of a key, its name in lower case; nil where the call has none of it.
    func values(of key: String) -> [String]? {
        let found: [String]? =
            switch key.prefix(while: { $0 != ":" }) {
            case "aws": global(key)
            case "s3": s3(key)
            case "iam": iam(key)
            case "sts": sts(key)
            default: nil
            }
        return found ?? held.vouched.values(of: key) ?? claims(key)
    }

    private func global(_ key: String) -> [String]? {
        switch key {
        case "aws:principalorgid": organization?.id(of: held.principal.account).map { [$0] }
        case "aws:resourceorgid": organization?.id(of: guardian?.account ?? call.place.account).map { [$0] }
        case "aws:assumedroot": held.isSession && held.principal.kind == .root ? ["true"] : nil
        case "aws:userid": held.principal.kind == .anonymous ? ["anonymous"] : nil
        case "aws:principaltype": held.principal.kind == .anonymous ? ["Anonymous"] : nil
        default: nil
        }
    }

    /// What makes an object at once, and what only prepares one.
    private static let creations = [
        "PutObject": "true", "CopyObject": "true", "CompleteMultipartUpload": "true",
        "CreateMultipartUpload": "false", "UploadPart": "false", "UploadPartCopy": "false",
    ]

    private func s3(_ key: String) -> [String]? {
        switch key {
        case "s3:signatureage": circumstances.signatureAge.map { [String($0)] }
        case "s3:signatureversion": circumstances.isFormerSignature ? ["AWS"] : nil
        case "s3:requestobjecttagkeys": call.input["Tagging"].map { _ in Array(RequestTags.of(call.input).names) }
        case "s3:objectcreationoperation": Self.creations[call.operation.name].map { [$0] }
        default: nil
        }
    }

    private func iam(_ key: String) -> [String]? {
        switch key {
        // Where the call brings none, it is that of the user or the role that it changes.
        case "iam:permissionsboundary": guardian?.boundary.map { [$0] }
        case "iam:organizationspolicyid": call.input["OrganizationsPolicyId"]?.string.map { [$0] }
        case "iam:servicespecificcredentialservicename": call.input["ServiceName"]?.string.map { [$0] }
        default: nil
        }
    }

    private func sts(_ key: String) -> [String]? {
        switch key {
        case "sts:taskpolicyarn": call.input["TaskPolicyArn"]?.fields?["arn"]?.string.map { [$0] }
        case "sts:identitytokenaudience": call.input["Audience"]?.list?.compactMap(\.string)
        case "sts:signingalgorithm": call.input["SigningAlgorithm"]?.string.map { [$0] }
        case "sts:requestcontextproviders":
            call.input["ProvidedContexts"]?.list?.compactMap { $0.fields?["ProviderArn"]?.string }
        default: nil
        }
    }

    /// What the token says that a call of STS brings: `token.actions.githubusercontent.com:sub`.
    private func claims(_ key: String) -> [String]? {
        guard let text = call.input["WebIdentityToken"]?.string, let token = JSONWebToken(text),
            let issuer = token.claims["iss"]?.string
        else { return nil }
        let prefix = TokenIssuers.bare(issuer).lowercased() + ":"
        guard key.hasPrefix(prefix) else { return nil }
        for (name, value) in token.claims where name.lowercased() == key.dropFirst(prefix.count) {
            return (value.list ?? [value]).compactMap(\.string)
        }
        return nil
    }
}
