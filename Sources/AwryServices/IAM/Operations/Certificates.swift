// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension IAM {
    static var uploadServerCertificate: Handler? {
        on { (account, call) throws(WireError) in try account.uploadServer(call) }
    }
    static var getServerCertificate: Handler? {
        on { (account, call) throws(WireError) in
            let found = try account.find(ServerCertificate.self, call)
            var fields: Fields = [
                "ServerCertificateMetadata": .structure(found.listed(in: account)),
                "CertificateBody": .string(found.body),
            ]
            if let chain = found.chain { fields["CertificateChain"] = .string(chain) }
            if !found.entity.tags.isEmpty { fields["Tags"] = .tags(found.entity.tags) }
            return ["ServerCertificate": .structure(fields)]
        }
    }
    static var listServerCertificates: Handler? {
        on { (account, call) throws(WireError) in try account.list(ServerCertificate.self, call) }
    }
    static var updateServerCertificate: Handler? {
        on { (account, call) throws(WireError) in
            var found = try account.find(ServerCertificate.self, call)
            let old = ServerCertificate.key(found.entity.name)
            try account.rename(&found, call) { "The Server Certificate with name \($0) already exists." }
            account.serverCertificates[old] = nil
            account.serverCertificates[ServerCertificate.key(found.entity.name)] = found
            return [:]
        }
    }
    static var deleteServerCertificate: Handler? {
        on { (account, call) throws(WireError) in
            account.serverCertificates[try account.key(ServerCertificate.self, call)] = nil
            return [:]
        }
    }
    static var uploadSigningCertificate: Handler? {
        on { (account, call) throws(WireError) in try account.uploadSigning(call) }
    }
    static var listSigningCertificates: Handler? {
        on { (account, call) throws(WireError) in
            let user = try account.user(of: call)
            return try call.page(
                ordered: user.certificates.map { (name: $0.id, value: .structure($0.shown(account.shownName(user)))) },
                as: "Certificates")
        }
    }
    static var updateSigningCertificate: Handler? {
        on { (account, call) throws(WireError) in
            let status = call.members.text("Status")
            guard status != "Expired" else {
                throw call.error("InvalidInput", "The status of a certificate is Active or Inactive.")
            }
            return try account.changeUser(of: call) { (user) throws(WireError) in
                user.certificates[try user.certificateIndex(call)].status = status
                return [:]
            }
        }
    }
    static var deleteSigningCertificate: Handler? {
        on { (account, call) throws(WireError) in
            try account.changeUser(of: call) { (user) throws(WireError) in
                user.certificates.remove(at: try user.certificateIndex(call))
                return [:]
            }
        }
    }
}

extension IAMAccount {
    fileprivate mutating func uploadServer(_ call: FakeCall) throws(WireError) -> Fields {
        let body = call.members.text("CertificateBody")
        let chain = call.members.optionalText("CertificateChain")
        let entity = try entity(ServerCertificate.self, call, id: "ASCA", limit: .serverCertificates) {
            "The Server Certificate with name \($0) already exists."
        }
        guard let certificate = Certificate(pem: body) else {
            throw call.error(
                "MalformedCertificate", "Unable to parse certificate. Please ensure the certificate is in PEM format.")
        }
        guard let key = PrivateKeyText(pem: call.members.text("PrivateKey")) else {
            throw call.error(
                "MalformedCertificate", "Unable to parse private key. Please ensure the private key is in PEM format.")
        }
        guard key.belongs(to: certificate) else {
            throw call.error("KeyPairMismatch", "Private key does not match the certificate.")
        }
        if let chain, PEM.blocks(in: chain)?.allSatisfy({ Certificate(der: $0.bytes) != nil }) != true {
            throw call.error(
                "MalformedCertificate",
                "Unable to parse certificate chain. Please ensure the certificate chain is in PEM format.")
        }
        let found = ServerCertificate(entity: entity, body: body, chain: chain, expires: certificate.validUntil)
        serverCertificates[ServerCertificate.key(entity.name)] = found
        var output: Fields = ["ServerCertificateMetadata": .structure(found.listed(in: self))]
        if !entity.tags.isEmpty { output["Tags"] = .tags(entity.tags) }
        return output
    }

    fileprivate mutating func uploadSigning(_ call: FakeCall) throws(WireError) -> Fields {
        let user = try user(of: call)
        let body = call.members.text("CertificateBody")
        guard let certificate = Certificate(pem: body) else {
            throw call.error("MalformedCertificate", "Unable to parse certificate.")
        }
        guard certificate.validUntil > call.now else {
            throw call.error("InvalidCertificate", "The certificate has expired.")
        }
        let others = [root] + users.values
        if others.contains(where: { $0.certificates.contains { Certificate(pem: $0.body)?.bytes == certificate.bytes } }
        ) {
            throw call.error("DuplicateCertificate", "The certificate is already associated with a user.")
        }
        try IAMLimit.signingCertificates.check(user.certificates.count, call)
        let found = SigningCertificate(
            id: identifiers.letters(32, of: "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"), body: body, uploaded: call.now)
        try changeUser(of: call) { (user) throws(WireError) in user.certificates.append(found) }
        return ["Certificate": .structure(found.shown(shownName(user)))]
    }
}

extension IAMUser {
    fileprivate func certificateIndex(_ call: FakeCall) throws(WireError) -> Int {
        let id = call.members.text("CertificateId")
        guard let index = certificates.firstIndex(where: { $0.id == id }) else {
            throw call.error("NoSuchEntity", "The Certificate with id \(id) cannot be found.")
        }
        return index
    }
}

extension SigningCertificate {
    fileprivate func shown(_ user: String) -> Fields {
        [
            "UserName": .string(user), "CertificateId": .string(id), "CertificateBody": .string(body),
            "Status": .string(status), "UploadDate": .timestamp(uploaded),
        ]
    }
}

extension ServerCertificate: ListedNoun {
    static let list = "ServerCertificateMetadataList"

    func listed(in account: IAMAccount) -> Fields {
        [
            "Path": .string(entity.path), "ServerCertificateName": .string(entity.name),
            "ServerCertificateId": .string(entity.id), "Arn": .string(arn(in: account.id)),
            "UploadDate": .timestamp(entity.created), "Expiration": .timestamp(expires),
        ]
    }
}
