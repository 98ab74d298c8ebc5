// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension IAM {
    /// What conditions may ask of what a call of IAM is about: its tags, and the boundary of a user or a role.
    func guardian(ofIdentity arn: String) -> ResourceGuard? {
        guard let named = ARN(arn), let account = accounts[String(named.account)], let last = named.name else {
            return nil
        }
        let name = String(last)
        func found(_ entity: IAMEntity?, boundary: String? = nil) -> ResourceGuard? {
            entity.map { ResourceGuard(account: account.id, tags: $0.tags, boundary: boundary) }
        }
        switch named.resource.prefix(while: { $0 != "/" }) {
        case "user":
            let user = account.users[IAMUser.key(name)]
            return found(user?.entity, boundary: user?.permissions.boundary)
        case "role":
            let role = account.roles[IAMRole.key(name)]
            return found(role?.entity, boundary: role?.permissions.boundary)
        case "policy": return found(account.policies[arn]?.entity)
        case "instance-profile": return found(account.instanceProfiles[InstanceProfile.key(name)]?.entity)
        case "server-certificate": return found(account.serverCertificates[ServerCertificate.key(name)]?.entity)
        case "mfa": return found(account.mfaDevices[arn]?.entity)
        case "oidc-provider": return found(account.oidcProviders[arn]?.entity)
        case "saml-provider": return found(account.samlProviders[arn]?.entity)
        default: return nil
        }
    }

    /// Whether a call brings a right password of a device of the caller's, as `AssumeRole` takes one; looking does not
    /// use it up.
    func isProven(_ call: FakeCall) -> Bool {
        guard let serial = call.input["SerialNumber"]?.string, let code = call.input["TokenCode"]?.string,
            var device = accounts[call.principal.account]?.mfaDevices[serial],
            device.owner == call.principal.userID
        else { return false }
        return device.accepts(code, at: call.now)
    }
}
