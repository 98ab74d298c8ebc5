// SPDX-License-Identifier: Apache-2.0

/// What identity pools publish for those who verify their tokens, at the root of `cognito-identity.amazonaws.com`. It
/// is no AWS API; described as a service all the same, it can be scripted like any other.
public enum IdentityPoolPages {
    /// `cognito-identity-pages`: the keys of the tokens, and the configuration that names them (OpenID Connect
    /// Discovery 1.0, section 4).
    public static let service: Service = {
        var model = ModelWriter()
        let text = model.shape("Text", .string)
        let texts = model.shape("Texts", .list(element: Member(name: "member", shape: text)))
        let refusals = model.errors([("InternalErrorException", 500)])
        let nothing = model.structure("Nothing", [])
        let lists = [
            "id_token_signing_alg_values_supported", "response_types_supported", "subject_types_supported",
        ]
        model.operation(
            "GetKeys", "GET", "/.well-known/jwks_uri", input: nothing, output: model.keySet(of: text),
            errors: refusals)
        model.operation(
            "GetConfiguration", "GET", "/.well-known/openid-configuration", input: nothing,
            output: model.structure(
                "Configuration",
                ["issuer", "jwks_uri"].map { Member(name: $0, shape: text) }
                    + lists.map { Member(name: $0, shape: texts) }),
            errors: refusals)
        return model.service("cognito-identity-pages", id: "Cognito Identity Pages", version: "2014-06-30")
    }()
}

extension ModelWriter {
    /// A JSON Web Key Set (RFC 7517, section 5) of keys whose members are texts.
    mutating func keySet(of text: ShapeID) -> ShapeID {
        let key = structure("Key", ["alg", "e", "kid", "kty", "n", "use"].map { Member(name: $0, shape: text) })
        let keys = shape("Keys", .list(element: Member(name: "member", shape: key)))
        return structure("KeySet", [Member(name: "keys", shape: keys)])
    }
}
