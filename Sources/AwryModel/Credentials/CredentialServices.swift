// SPDX-License-Identifier: Apache-2.0

/// The endpoints from which SDKs fetch credentials inside EC2 and containers. They are no AWS services and botocore
/// models none of them; described as services all the same, they can be scripted like any other.
public enum CredentialServices {
    /// All of them, and the pages of user pools, which botocore does not model either.
    public static let all = [instanceMetadata, container, PoolPages.service]

    /// The one of this name.
    static func named(_ name: String) -> Service? {
        all.first { $0.name == name }
    }

    /// `imds`: the instance metadata service, versions 1 and 2 ("Retrieve instance metadata" of the EC2 User Guide).
    public static let instanceMetadata: Service = {
        var model = ModelWriter()
        let text = model.shape("Text", .string)
        let seconds = model.shape("Seconds", .integer, Limits(minimum: 1, maximum: 21_600))
        let moment = model.shape("Moment", .timestamp, traits: ShapeTraits(timestampFormat: .iso8601))
        let token = Member(name: "Token", shape: text, location: .header, locationName: "x-aws-ec2-metadata-token")
        let ttl = Member(
            name: "TtlSeconds", shape: seconds, location: .header, locationName: "x-aws-ec2-metadata-token-ttl-seconds")
        let refusals = model.errors([
            ("BadRequest", 400), ("Unauthorized", 401), ("Forbidden", 403), ("NotFound", 404),
            ("InternalServerError", 500), ("ServiceUnavailable", 503),
        ])
        let plain = model.structure("Plain", [Member(name: "Body", shape: text)], payload: "Body")
        let role = Member(name: "RoleName", shape: text, location: .uri, flags: .required)
        let path = Member(name: "Path", shape: text, location: .uri, flags: .required)
        let fields = ["Code", "Type", "AccessKeyId", "SecretAccessKey", "Token", "Message"].map {
            Member(name: $0, shape: text)
        }
        let moments = ["LastUpdated", "Expiration"].map { Member(name: $0, shape: moment) }
        let credentials = model.structure("Credentials", fields + moments)
        let root = "/latest/meta-data"
        let roles = root + "/iam/security-credentials"
        model.operation(
            "GetToken", "PUT", "/latest/api/token", input: model.structure("GetTokenInput", [ttl]),
            output: model.structure("GetTokenOutput", [Member(name: "Body", shape: text), ttl], payload: "Body"),
            errors: refusals)
        model.operation(
            "ListRoles", "GET", roles + "/", input: model.structure("ListRolesInput", [token]), output: plain,
            errors: refusals)
        model.operation(
            "GetRoleCredentials", "GET", roles + "/{RoleName}",
            input: model.structure("GetRoleCredentialsInput", [role, token]), output: credentials, errors: refusals)
        model.operation(
            "GetMetadata", "GET", root + "/{Path+}", input: model.structure("GetMetadataInput", [path, token]),
            output: plain, errors: refusals)
        let document = ["accountId", "availabilityZone", "instanceId", "instanceType", "region", "version"]
        model.operation(
            "GetIdentityDocument", "GET", "/latest/dynamic/instance-identity/document",
            input: model.structure("GetIdentityDocumentInput", [token]),
            output: model.structure("IdentityDocument", document.map { Member(name: $0, shape: text) }),
            errors: refusals)
        return model.service("imds", id: "Instance Metadata", version: "2012-01-12")
    }()

    /// `container`: the credentials endpoint of ECS and EKS Pod Identity ("Container credential provider" of the SDKs
    /// and Tools Reference Guide).
    public static let container: Service = {
        var model = ModelWriter()
        let text = model.shape("Text", .string)
        let moment = model.shape("Moment", .timestamp, traits: ShapeTraits(timestampFormat: .iso8601))
        let refusals = model.errors([
            ("InvalidIdInRequest", 400), ("NoIdInRequest", 400), ("AccessDenied", 403), ("NotFound", 404),
            ("InternalServerError", 500), ("ServiceUnavailable", 503),
        ])
        let fields = ["AccessKeyId", "SecretAccessKey", "Token", "RoleArn", "AccountId"].map {
            Member(name: $0, shape: text)
        }
        model.operation(
            "GetCredentials", "GET", "/{Path+}",
            input: model.structure(
                "GetCredentialsInput",
                [
                    Member(name: "Path", shape: text, location: .uri, flags: .required),
                    Member(name: "Authorization", shape: text, location: .header, locationName: "Authorization"),
                ]),
            output: model.structure("Credentials", fields + [Member(name: "Expiration", shape: moment)]),
            errors: refusals)
        return model.service("container", id: "Container Credentials", version: "2")
    }()
}
