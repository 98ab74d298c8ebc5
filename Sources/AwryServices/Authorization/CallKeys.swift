// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel
import AwryPolicy

/// A call's condition keys, each found when a policy asks for it ("AWS global condition context keys" of the IAM User
/// Guide; the services' own in the Service Authorization Reference). An object, because judging hands it on and on.
final class CallKeys: ConditionKeys {
    private let call: FakeCall
    private let circumstances: Circumstances
    private let caller: PolicyShelf.Held
    private let guardian: ResourceGuard?
    private let organization: OrganizationControl?

    private var held: HeldRights { caller.rights }

    init(
        call: FakeCall, circumstances: Circumstances, caller: PolicyShelf.Held, guardian: ResourceGuard?,
        organization: OrganizationControl?
    ) {
        self.call = call
        self.circumstances = circumstances
        self.caller = caller
        self.guardian = guardian
        self.organization = organization
    }

    func values(of key: String) -> [String]? {
        own(key)
            ?? ServiceKeys(
                call: call, circumstances: circumstances, held: held, guardian: guardian, organization: organization
            ).values(of: key)
    }

    private func own(_ key: String) -> [String]? {
        let parts = key.split(separator: "/", maxSplits: 1).map(String.init)
        if parts.count == 2 { return tagged(parts[0], parts[1]) }
        switch key.prefix(while: { $0 != ":" }) {
        case "aws": return global(key).map { [$0] } ?? (key == "aws:tagkeys" ? tagKeys : nil)
        case "s3": return s3(key).map { [$0] }
        case "iam": return iam(key).map { [$0] }
        case "sts": return sts(key)
        default: return nil
        }
    }

    private func global(_ key: String) -> String? {
        switch key {
        case "aws:currenttime": TimeFormats.iso8601(call.now)
        case "aws:epochtime": String(call.now.seconds)
        case "aws:securetransport": circumstances.isSecure ? "true" : "false"
        case "aws:sourceip": circumstances.address
        case "aws:useragent": circumstances.userAgent
        case "aws:referer": circumstances.referer
        case "aws:requestedregion": call.place.region
        case "aws:resourceaccount": guardian?.account ?? call.place.account
        case "aws:viaawsservice": "false"
        default: principal(key)
        }
    }

    private func principal(_ key: String) -> String? {
        guard held.principal.kind != .anonymous else { return nil }
        let principal = call.principal
        switch key {
        case "aws:principalarn": return held.principal.principalARN
        case "aws:principalaccount": return principal.account
        case "aws:principaltype": return type
        case "aws:principalisawsservice": return principal.kind == .service ? "true" : "false"
        case "aws:userid": return principal.userID
        case "aws:username": return held.name
        case "aws:sourceidentity": return held.sourceIdentity
        case "aws:federatedprovider": return held.federatedProvider
        case "aws:tokenissuetime": return held.issued.map { TimeFormats.iso8601($0) }
        // Only sessions say whether a device for one-time passwords was there.
        case "aws:multifactorauthpresent":
            return held.isSession ? (held.authenticatedByDevice == nil ? "false" : "true") : nil
        case "aws:multifactorauthage":
            return held.authenticatedByDevice.map { String((call.now - $0).components.seconds) }
        default: return nil
        }
    }

    private var type: String? {
        switch call.principal.kind {
        case .root: "Account"
        case .user: "User"
        case .assumedRole: "AssumedRole"
        case .federatedUser: "FederatedUser"
        case .service: nil
        }
    }

    private func tagged(_ name: String, _ tag: String) -> [String]? {
        let tags: Fields
        switch name {
        case "aws:principaltag": tags = held.tags
        case "aws:requesttag", "s3:requestobjecttag": tags = requestTags
        case "aws:resourcetag", "iam:resourcetag", "s3:existingobjecttag": tags = guardian?.tags ?? [:]
        default: return nil
        }
        for (name, value) in tags where name.lowercased() == tag { return value.string.map { [$0] } }
        return nil
    }

    private var requestTags: Fields { RequestTags.of(call.input) }

    private var tagKeys: [String]? {
        let removed = (call.input["TagKeys"] ?? call.input["tagKeys"])?.list?.compactMap(\.string) ?? []
        let names = Array(requestTags.names) + removed
        return names.isEmpty ? nil : names
    }

    /// Members of S3's inputs by the keys that stand for them.
    private static let members = [
        "s3:prefix": "Prefix", "s3:delimiter": "Delimiter", "s3:max-keys": "MaxKeys", "s3:x-amz-acl": "ACL",
        "s3:x-amz-server-side-encryption": "ServerSideEncryption", "s3:x-amz-storage-class": "StorageClass",
        "s3:x-amz-server-side-encryption-aws-kms-key-id": "SSEKMSKeyId", "s3:x-amz-copy-source": "CopySource",
        "s3:x-amz-metadata-directive": "MetadataDirective",
        "s3:x-amz-website-redirect-location": "WebsiteRedirectLocation",
        "s3:x-amz-grant-full-control": "GrantFullControl", "s3:x-amz-grant-read": "GrantRead",
        "s3:x-amz-grant-write": "GrantWrite", "s3:x-amz-grant-read-acp": "GrantReadACP",
        "s3:x-amz-grant-write-acp": "GrantWriteACP", "s3:versionid": "VersionId",
        "s3:object-lock-mode": "ObjectLockMode", "s3:object-lock-legal-hold": "ObjectLockLegalHoldStatus",
        "s3:object-lock-retain-until-date": "ObjectLockRetainUntilDate", "s3:x-amz-object-ownership": "ObjectOwnership",
        "s3:if-match": "IfMatch", "s3:if-none-match": "IfNoneMatch",
        "s3:x-amz-server-side-encryption-customer-algorithm": "SSECustomerAlgorithm",
    ]

    private func s3(_ key: String) -> String? {
        if let member = Self.members[key] { return text(call.input[member]) }
        switch key {
        case "s3:authtype": return circumstances.authType
        case "s3:signatureversion":
            return circumstances.authType == nil || circumstances.isFormerSignature ? nil : "AWS4-HMAC-SHA256"
        case "s3:x-amz-content-sha256": return circumstances.contentHash
        case "s3:resourceaccount": return guardian?.account
        case "s3:locationconstraint":
            return text(call.input["CreateBucketConfiguration"]?.fields?["LocationConstraint"])
        default: return nil
        }
    }

    private func iam(_ key: String) -> String? {
        switch key {
        case "iam:policyarn": text(call.input["PolicyArn"])
        case "iam:permissionsboundary": text(call.input["PermissionsBoundary"])
        case "iam:awsservicename": text(call.input["AWSServiceName"])
        case "iam:associatedresourcearn": nil
        case "iam:passedtoservice": passedTo
        default: nil
        }
    }

    /// The service that gets the role which the call passes on.
    private var passedTo: String? {
        switch call.operation.name {
        case "AddRoleToInstanceProfile": "ec2.amazonaws.com"
        case "CreateUserPool", "UpdateUserPool", "SetUserPoolMfaConfig", "CreateUserImportJob":
            "cognito-idp.amazonaws.com"
        case "PutBucketReplication": "s3.amazonaws.com"
        case "SetIdentityPoolRoles": "cognito-identity.amazonaws.com"
        default: nil
        }
    }

    private func sts(_ key: String) -> [String]? {
        switch key {
        case "sts:externalid": text(call.input["ExternalId"]).map { [$0] }
        case "sts:rolesessionname": text(call.input["RoleSessionName"]).map { [$0] }
        case "sts:sourceidentity": text(call.input["SourceIdentity"]).map { [$0] }
        case "sts:durationseconds": text(call.input["DurationSeconds"]).map { [$0] }
        case "sts:transitivetagkeys": call.input["TransitiveTagKeys"]?.list?.compactMap(\.string)
        default: nil
        }
    }

    private func text(_ value: Value?) -> String? {
        switch value {
        case .string(let text): text
        case .integer(let number): String(number)
        case .bool(let flag): flag ? "true" : "false"
        case .timestamp(let moment): TimeFormats.iso8601(moment)
        default: nil
        }
    }
}
