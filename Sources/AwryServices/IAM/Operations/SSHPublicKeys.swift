// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryDigest

extension IAM {
    static var uploadSSHPublicKey: Handler? { on { (account, call) throws(WireError) in try account.uploadSSH(call) } }
    static var getSSHPublicKey: Handler? {
        on { (account, call) throws(WireError) in
            let user = try account.find(IAMUser.self, call)
            let key = user.sshKeys[try user.sshIndex(call)]
            return ["SSHPublicKey": .structure(key.shown(user.entity.name, encoding: call.members.text("Encoding")))]
        }
    }
    static var listSSHPublicKeys: Handler? {
        on { (account, call) throws(WireError) in
            let user = try account.user(of: call)
            let keys = user.sshKeys.map { key in
                var fields = key.shown(account.shownName(user), encoding: "SSH")
                fields["Fingerprint"] = nil
                fields["SSHPublicKeyBody"] = nil
                return (name: key.id, value: Value.structure(fields))
            }
            return try call.page(ordered: keys, as: "SSHPublicKeys")
        }
    }
    static var updateSSHPublicKey: Handler? {
        on { (account, call) throws(WireError) in
            let status = call.members.text("Status")
            guard status != "Expired" else {
                throw call.error("InvalidInput", "The status of a key is Active or Inactive.")
            }
            return try account.change(IAMUser.self, call) { (user) throws(WireError) in
                user.sshKeys[try user.sshIndex(call)].status = status
                return [:]
            }
        }
    }
    static var deleteSSHPublicKey: Handler? {
        on { (account, call) throws(WireError) in
            try account.change(IAMUser.self, call) { (user) throws(WireError) in
                user.sshKeys.remove(at: try user.sshIndex(call))
                return [:]
            }
        }
    }
}

extension IAMAccount {
    fileprivate mutating func uploadSSH(_ call: FakeCall) throws(WireError) -> Fields {
        let user = try find(IAMUser.self, call)
        let body = call.members.text("SSHPublicKeyBody")
        guard body.hasPrefix("ssh-rsa ") || body.hasPrefix("-----BEGIN ") else {
            throw call.error("UnrecognizedPublicKeyEncoding", "The encoding of the public key is not recognized.")
        }
        // "The public key must be at least 2048 bits" (UploadSSHPublicKey of the IAM API Reference).
        guard let key = RSAPublicKey(ssh: body) ?? RSAPublicKey(pem: body), key.bits >= 2048 else {
            throw call.error("InvalidPublicKey", "The public key is not valid.")
        }
        guard !user.sshKeys.contains(where: { $0.key == key }) else {
            throw call.error("DuplicateSSHPublicKey", "The SSH public key is already associated with the user.")
        }
        try IAMLimit.sshKeys.check(user.sshKeys.count, call)
        let found = SSHPublicKey(id: uniqueID("APKA"), key: key, body: body, uploaded: call.now)
        try change(IAMUser.self, call) { (user) throws(WireError) in user.sshKeys.append(found) }
        return ["SSHPublicKey": .structure(found.shown(user.entity.name, encoding: nil))]
    }
}

extension IAMUser {
    fileprivate func sshIndex(_ call: FakeCall) throws(WireError) -> Int {
        let id = call.members.text("SSHPublicKeyId")
        guard let index = sshKeys.firstIndex(where: { $0.id == id }) else {
            throw call.error("NoSuchEntity", "The Public Key with id \(id) cannot be found.")
        }
        return index
    }
}

extension SSHPublicKey {
    /// The key as outputs show it: as it was sent, or in the encoding that is asked for.
    fileprivate func shown(_ user: String, encoding: String?) -> Fields {
        let digits = Array(Hex.text(Digests.md5(key.sshBytes)))
        let pairs = stride(from: 0, to: digits.count, by: 2).map { String(digits[$0..<$0 + 2]) }
        let shown =
            switch encoding {
            case "SSH": key.sshText
            case "PEM": key.pemText
            default: body
            }
        return [
            "UserName": .string(user), "SSHPublicKeyId": .string(id),
            "Fingerprint": .string(pairs.joined(separator: ":")), "SSHPublicKeyBody": .string(shown),
            "Status": .string(status), "UploadDate": .timestamp(uploaded),
        ]
    }
}
