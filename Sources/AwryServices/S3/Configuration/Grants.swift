// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension AccessControlList {
    /// Groups of people, by their URIs ("Access control list overview").
    enum Group {
        static let all = "http://acs.amazonaws.com/groups/global/AllUsers"
        static let authenticated = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers"
        static let logDelivery = "http://acs.amazonaws.com/groups/s3/LogDelivery"
        static let known: Set<String> = [all, authenticated, logDelivery]
    }

    /// The canonical user of EC2, which `aws-exec-read` lets read.
    private static let ec2 = "6aa5a366c34c1cbe25dc49211496e913e0351eb0e8c37aa3477e40942ec6b97c"

    /// The grants of a name; nil where S3 knows none of that name.
    init?(canned name: String, owner: S3Owner, bucketOwner: S3Owner) {
        self.init(owner: owner)
        switch name {
        case "private": break
        case "public-read": add(.group(Group.all), "READ")
        case "public-read-write":
            add(.group(Group.all), "READ")
            add(.group(Group.all), "WRITE")
        case "authenticated-read": add(.group(Group.authenticated), "READ")
        case "aws-exec-read": add(.user(Self.ec2), "READ")
        case "bucket-owner-read": if owner != bucketOwner { add(.user(bucketOwner.id), "READ") }
        case "bucket-owner-full-control": if owner != bucketOwner { add(.user(bucketOwner.id), "FULL_CONTROL") }
        case "log-delivery-write":
            add(.group(Group.logDelivery), "WRITE")
            add(.group(Group.logDelivery), "READ_ACP")
        default: return nil
        }
    }

    private mutating func add(_ grantee: Grantee, _ permission: String) {
        grants.append(Grant(grantee: grantee, permission: permission))
    }

    /// Whether it lets in everybody, or everybody with an AWS account.
    var isPublic: Bool {
        grants.contains { $0.grantee == .group(Group.all) || $0.grantee == .group(Group.authenticated) }
    }

    /// As outputs hold it.
    var shown: Fields {
        [
            "Owner": owner.value,
            "Grants": .list(
                grants.map { ["Grantee": .structure($0.grantee.shown), "Permission": .string($0.permission)] }),
        ]
    }
}

extension AccessControlList.Grantee {
    /// As outputs hold it.
    var shown: Fields {
        switch self {
        case .user(let id): ["ID": .string(id), "Type": "CanonicalUser"]
        case .group(let uri): ["Type": "Group", "URI": .string(uri)]
        case .email(let address): ["EmailAddress": .string(address), "Type": "AmazonCustomerByEmail"]
        }
    }
}
