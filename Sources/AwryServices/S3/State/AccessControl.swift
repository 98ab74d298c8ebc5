// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryDigest

/// Who owns a bucket or an object. S3 has stopped to tell display names.
struct S3Owner: Sendable, Hashable {
    /// The canonical user id: 64 hexadecimal digits.
    let id: String

    /// An account's canonical user id, the same in every sandbox.
    init(account: String) {
        id = Hex.text(Digests.sha256("s3 owner \(account)".utf8))
    }

    /// As outputs hold it.
    var value: Value { ["ID": .string(id)] }
}

/// Who may do what with a bucket or an object, by the older way of grants.
struct AccessControlList: Sendable, Hashable {
    let owner: S3Owner
    var grants: [Grant]

    /// The owner may do everything, nobody else anything: what there is unless something else is said.
    init(owner: S3Owner) {
        self.owner = owner
        grants = [Grant(grantee: .user(owner.id), permission: "FULL_CONTROL")]
    }

    struct Grant: Sendable, Hashable {
        var grantee: Grantee
        /// `FULL_CONTROL`, `READ`, `WRITE`, `READ_ACP`, `WRITE_ACP`.
        var permission: String
    }

    enum Grantee: Sendable, Hashable {
        /// A canonical user id.
        case user(String)
        /// A group's URI.
        case group(String)
        case email(String)
    }
}
