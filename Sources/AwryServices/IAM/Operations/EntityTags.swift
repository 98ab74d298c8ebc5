// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

extension IAM {
    static var tagUser: Handler? { tag(IAMUser.self) }
    static var tagRole: Handler? { tag(IAMRole.self) }
    static var tagPolicy: Handler? { tag(ManagedPolicy.self) }
    static var tagInstanceProfile: Handler? { tag(InstanceProfile.self) }
    static var tagMFADevice: Handler? { tag(MFADevice.self) }
    static var tagOpenIDConnectProvider: Handler? { tag(OIDCProvider.self) }
    static var tagSAMLProvider: Handler? { tag(SAMLProvider.self) }
    static var tagServerCertificate: Handler? { tag(ServerCertificate.self) }

    static var untagUser: Handler? { untag(IAMUser.self) }
    static var untagRole: Handler? { untag(IAMRole.self) }
    static var untagPolicy: Handler? { untag(ManagedPolicy.self) }
    static var untagInstanceProfile: Handler? { untag(InstanceProfile.self) }
    static var untagMFADevice: Handler? { untag(MFADevice.self) }
    static var untagOpenIDConnectProvider: Handler? { untag(OIDCProvider.self) }
    static var untagSAMLProvider: Handler? { untag(SAMLProvider.self) }
    static var untagServerCertificate: Handler? { untag(ServerCertificate.self) }

    static var listUserTags: Handler? { listTags(IAMUser.self) }
    static var listRoleTags: Handler? { listTags(IAMRole.self) }
    static var listPolicyTags: Handler? { listTags(ManagedPolicy.self) }
    static var listInstanceProfileTags: Handler? { listTags(InstanceProfile.self) }
    static var listMFADeviceTags: Handler? { listTags(MFADevice.self) }
    static var listOpenIDConnectProviderTags: Handler? { listTags(OIDCProvider.self) }
    static var listSAMLProviderTags: Handler? { listTags(SAMLProvider.self) }
    static var listServerCertificateTags: Handler? { listTags(ServerCertificate.self) }

    private static func tag<N: IAMNoun>(_ noun: N.Type) -> Handler {
        on { (account, call) throws(WireError) in
            try account.change(noun, call) { (found) throws(WireError) in
                for (name, value) in try call.tags(beside: found.entity.tags) {
                    // A key is the same in other letters; what is sent last says how it is written.
                    if let old = found.entity.tags.names.first(where: { $0.lowercased() == name.lowercased() }) {
                        found.entity.tags[old] = nil
                    }
                    found.entity.tags[name] = value
                }
                return [:]
            }
        }
    }

    private static func untag<N: IAMNoun>(_ noun: N.Type) -> Handler {
        on { (account, call) throws(WireError) in
            try account.change(noun, call) { (found) throws(WireError) in
                for name in call.members.texts("TagKeys") { found.entity.tags[name] = nil }
                return [:]
            }
        }
    }

    private static func listTags<N: IAMNoun>(_ noun: N.Type) -> Handler {
        on { (account, call) throws(WireError) in
            let tags = try account.find(noun, call).entity.tags
            return try call.page(
                tags.map { (name: $0.name, value: .tag($0.name, $0.value)) }, as: "Tags")
        }
    }
}

extension Value {
    fileprivate static func tag(_ key: String, _ value: Value) -> Value {
        ["Key": .string(key), "Value": value]
    }

    /// Tags as outputs show them.
    static func tags(_ tags: Fields) -> Value { .list(tags.map { tag($0.name, $0.value) }) }
}

extension FakeCall {
    /// The tags that a call brings, by key: at most 50 with those that are there, no key twice.
    func tags(beside others: Fields, limit: String = "TagsPerResource") throws(WireError) -> Fields {
        guard input["Tags"] != nil else { return [:] }
        var tags: Fields = [:]
        var keys: Set<String> = []
        let code = service.name == "sts" ? "InvalidParameterValue" : "InvalidInput"
        for tag in members.structures("Tags") {
            let key = tag.text("Key")
            guard !key.lowercased().hasPrefix("aws:") else {
                throw error(code, "Caller is not allowed to use tag keys with the prefix aws:.")
            }
            guard keys.insert(key.lowercased()).inserted else {
                throw error(code, "Duplicate tag keys found. Please note that Tag keys are case insensitive.")
            }
            tags[key] = .string(tag.text("Value"))
        }
        let kept = others.names.filter { !keys.contains($0.lowercased()) }
        if kept.count + tags.count > IAMLimit.tags.most {
            throw error("LimitExceeded", "Cannot exceed quota for \(limit): \(IAMLimit.tags.most)")
        }
        return tags
    }
}
