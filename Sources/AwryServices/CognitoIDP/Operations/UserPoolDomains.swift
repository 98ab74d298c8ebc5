// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension CognitoIDP {
    static var createUserPoolDomain: Handler? { create }
    static var describeUserPoolDomain: Handler? { describe }
    static var updateUserPoolDomain: Handler? { update }
    static var deleteUserPoolDomain: Handler? { delete }

    private static func create(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        let name = call.members.text("Domain")
        if ["aws", "amazon", "cognito"].contains(where: name.contains) {
            throw call.wrong(
                "Domain cannot contain reserved word: \(["aws", "amazon", "cognito"].first(where: name.contains) ?? "")"
            )
        }
        if name.contains("."), call.members.fields("CustomDomainConfig")["CertificateArn"] == nil {
            throw call.wrong("Custom domain \(name) needs a certificate.")
        }
        if state.poolOfDomain[name] != nil { throw call.wrong("Domain already associated with another user pool.") }
        if call.members["CustomDomainConfig"] != nil {
            let own = state.pools.values.count {
                $0.place.account == call.place.account && $0.domain?.certificate != nil
            }
            try PoolQuota.customDomains.check(own, call)
        }
        let pool = try state.onPool(call) { (pool) throws(WireError) in
            if pool.domain != nil { throw call.wrong("User pool already has a domain configured.") }
            try pool.check(.managedLogin, if: call.members.integer("ManagedLoginVersion") == 2, call)
            pool.domain = PoolDomain(
                name: name, version: call.members.integer("ManagedLoginVersion") ?? 1,
                certificate: call.members.fields("CustomDomainConfig")["CertificateArn"]?.string)
            return pool
        }
        state.poolOfDomain[name] = pool.id
        return .output(pool.domainOutput)
    }

    /// A domain that nobody has is described by nothing.
    private static func describe(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        let name = call.members.text("Domain")
        guard let pool = state.poolOfDomain[name].flatMap({ state.pools[$0] }), let domain = pool.domain else {
            return .output(["DomainDescription": [:]])
        }
        var shown: Fields = [
            "UserPoolId": .string(pool.id), "AWSAccountId": .string(pool.place.account), "Domain": .string(name),
            "S3Bucket": .string("aws-cognito-prod-\(pool.place.region)-assets"),
            "CloudFrontDistribution": .string("d111111abcdef8.cloudfront.net"),
            "Version": .string(TimeFormats.basic(pool.createdAt)), "Status": "ACTIVE",
            "ManagedLoginVersion": .integer(domain.version),
        ]
        if let certificate = domain.certificate {
            shown["CustomDomainConfig"] = ["CertificateArn": .string(certificate)]
        }
        return .output(["DomainDescription": .structure(shown)])
    }

    private static func update(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onPool(call) { (pool) throws(WireError) in
            guard pool.domain?.name == call.members.text("Domain") else { throw noDomain(call) }
            try pool.check(.managedLogin, if: call.members.integer("ManagedLoginVersion") == 2, call)
            if let version = call.members.integer("ManagedLoginVersion") { pool.domain?.version = version }
            let certificate = call.members.fields("CustomDomainConfig")["CertificateArn"]?.string
            if let certificate { pool.domain?.certificate = certificate }
            return .output(pool.domainOutput)
        }
    }

    private static func delete(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        let name = call.members.text("Domain")
        try state.onPool(call) { (pool) throws(WireError) in
            guard pool.domain?.name == name else { throw noDomain(call) }
            pool.domain = nil
        }
        state.poolOfDomain[name] = nil
        return .output([:])
    }

    private static func noDomain(_ call: FakeCall) -> WireError {
        call.wrong("No such domain or user pool exists.")
    }
}

extension UserPool {
    fileprivate var domainOutput: Fields {
        var output: Fields = ["ManagedLoginVersion": .integer(domain?.version ?? 1)]
        if domain?.certificate != nil { output["CloudFrontDomain"] = "d111111abcdef8.cloudfront.net" }
        return output
    }
}
