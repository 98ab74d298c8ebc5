// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension IAM {
    static var enableOrganizationsRootCredentialsManagement: Handler? { turn("RootCredentialsManagement", on: true) }
    static var enableOrganizationsRootSessions: Handler? { turn("RootSessions", on: true) }
    static var disableOrganizationsRootCredentialsManagement: Handler? { turn("RootCredentialsManagement", on: false) }
    static var disableOrganizationsRootSessions: Handler? { turn("RootSessions", on: false) }
    static var listOrganizationsFeatures: Handler? {
        on { (account, _) throws(WireError) in account.features }
    }

    /// Every account here is the management account of an organisation of its own, in which IAM is trusted.
    private static func turn(_ feature: String, on isOn: Bool) -> Handler {
        on { (account, _) throws(WireError) in
            account.rootFeatures.removeAll { $0 == feature }
            if isOn { account.rootFeatures = (account.rootFeatures + [feature]).sorted() }
            return account.features
        }
    }

    static var enableOutboundWebIdentityFederation: Handler? {
        on { (account, call) throws(WireError) in
            guard account.tokenIssuer == nil else {
                throw call.error("FeatureEnabled", "The feature is enabled for the account already.")
            }
            // An issuer keeps its name: who turns the feature off and on again gets the same.
            var source = account.identifiers.part("token issuer")
            let issuer = "https://\(source.uuid()).tokens.sts.global.api.aws"
            account.tokenIssuer = issuer
            return ["IssuerIdentifier": .string(issuer)]
        }
    }
    static var disableOutboundWebIdentityFederation: Handler? {
        on { (account, call) throws(WireError) in
            _ = try account.issuer(call)
            account.tokenIssuer = nil
            return [:]
        }
    }
    static var getOutboundWebIdentityFederationInfo: Handler? {
        on { (account, call) throws(WireError) in
            ["IssuerIdentifier": .string(try account.issuer(call)), "JwtVendingEnabled": true]
        }
    }
    static var setSecurityTokenServicePreferences: Handler? {
        on { (account, call) throws(WireError) in
            account.globalTokenVersion = call.members.text("GlobalEndpointTokenVersion") == "v2Token" ? 2 : 1
            return [:]
        }
    }
}

extension IAMAccount {
    fileprivate var features: Fields {
        [
            "OrganizationId": .string(organization), "EnabledFeatures": .list(rootFeatures.map { .string($0) }),
        ]
    }

    /// `o-` and ten letters that the account's number gives.
    private var organization: String {
        var source = identifiers.part("organization of \(id)")
        return "o-" + source.letters(10, of: "abcdefghijklmnopqrstuvwxyz0123456789")
    }

    fileprivate func issuer(_ call: FakeCall) throws(WireError) -> String {
        guard let tokenIssuer else {
            throw call.error("FeatureDisabled", "The feature is disabled for the account.")
        }
        return tokenIssuer
    }
}
