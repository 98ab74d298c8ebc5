// SPDX-License-Identifier: Apache-2.0

/// What a Cognito user pool publishes below its issuer's address, and its domain's pages. It is no AWS API and botocore
/// models none of it; described as a service all the same, it can be scripted like any other.
public enum PoolPages {
    /// `cognito-pages`: the keys that verify a pool's tokens, and its configuration ("Verifying JSON web tokens" of
    /// Cognito's guide; OpenID Connect Discovery 1.0, section 4).
    public static let service: Service = {
        var model = ModelWriter()
        let text = model.shape("Text", .string)
        let texts = model.shape("Texts", .list(element: Member(name: "member", shape: text)))
        let refusals = model.errors([("ResourceNotFoundException", 400), ("InternalErrorException", 500)])
        let pool = Member(name: "PoolId", shape: text, location: .uri, flags: .required)
        let keys = model.keySet(of: text)
        let lists = [
            "id_token_signing_alg_values_supported", "response_types_supported", "scopes_supported",
            "subject_types_supported", "token_endpoint_auth_methods_supported",
        ]
        let names = [
            "authorization_endpoint", "end_session_endpoint", "issuer", "jwks_uri", "revocation_endpoint",
            "token_endpoint", "userinfo_endpoint",
        ]
        model.operation(
            "GetKeys", "GET", "/{PoolId}/.well-known/jwks.json", input: model.structure("GetKeysInput", [pool]),
            output: keys, errors: refusals)
        model.operation(
            "GetConfiguration", "GET", "/{PoolId}/.well-known/openid-configuration",
            input: model.structure("GetConfigurationInput", [pool]),
            output: model.structure(
                "Configuration",
                names.map { Member(name: $0, shape: text) } + lists.map { Member(name: $0, shape: texts) }),
            errors: refusals)
        HostedPages.add(to: &model)
        return model.service("cognito-pages", id: "Cognito Pages", version: "2016-04-18")
    }()
}
