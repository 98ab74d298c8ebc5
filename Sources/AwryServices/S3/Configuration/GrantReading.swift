// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Reads the access that a call asks for: a name, headers with grantees, or a document. One of them.
struct GrantReading {
    let call: FakeCall
    /// Who owns what the access is to.
    let owner: S3Owner
    let bucketOwner: S3Owner

    /// The most grants of a list ("Access control list overview").
    private static let mostGrants = 100

    /// The headers, by the model's names of their members.
    private static let headers: [(member: String, permission: String, header: String)] = [
        ("GrantFullControl", "FULL_CONTROL", "x-amz-grant-full-control"),
        ("GrantRead", "READ", "x-amz-grant-read"),
        ("GrantReadACP", "READ_ACP", "x-amz-grant-read-acp"),
        ("GrantWrite", "WRITE", "x-amz-grant-write"),
        ("GrantWriteACP", "WRITE_ACP", "x-amz-grant-write-acp"),
    ]

    /// What is asked for; nil where nothing is said.
    func list() throws(WireError) -> AccessControlList? {
        // Not every operation that takes grants takes all of them, so they are not read as members.
        let canned = call.input["ACL"]?.string
        let granted = Self.headers.filter { call.input[$0.member]?.string != nil }
        let document = call.input["AccessControlPolicy"] == nil ? nil : call.members.structure("AccessControlPolicy")
        if canned != nil, !granted.isEmpty {
            throw call.invalidRequest("Specifying both Canned ACLs and Header Grants is not allowed")
        }
        if document != nil, canned != nil || !granted.isEmpty { throw call.refusal("UnexpectedContent") }
        if let canned {
            guard let list = AccessControlList(canned: canned, owner: owner, bucketOwner: bucketOwner) else {
                throw call.invalidArgument("Invalid Argument", "x-amz-acl", canned)
            }
            return list
        }
        if let document { return try read(document) }
        if granted.isEmpty { return nil }
        var list = AccessControlList(owner: owner)
        list.grants = []
        for (member, permission, header) in granted {
            for text in Self.grantees(call.input[member]?.string ?? "") {
                list.grants.append(.init(grantee: try grantee(text, header), permission: permission))
            }
        }
        return list
    }

    /// The grantees of a header, which stand behind commas.
    private static func grantees(_ text: String) -> [Substring] {
        text.split(separator: ",").map { $0.trimming(" \t") }
    }

    private func grantee(_ text: Substring, _ header: String) throws(WireError) -> AccessControlList.Grantee {
        let parts = text.split(separator: "=", maxSplits: 1)
        guard parts.count == 2 else {
            throw call.invalidArgument("Argument format not recognized", header, String(text))
        }
        let value = String(parts[1].trimming("\" "))
        switch parts[0].trimming(" ") {
        case "id": return try user(value, "id")
        case "uri": return try group(value, "uri")
        case "emailAddress": throw refusedEmail()
        default: throw call.invalidArgument("Argument format not recognized", header, String(text))
        }
    }

    private func user(_ id: String, _ argument: String) throws(WireError) -> AccessControlList.Grantee {
        guard id.utf8.count == 64, id.utf8.allSatisfy({ $0.hexDigit != nil }) else {
            throw call.invalidArgument("Invalid id", argument, id)
        }
        return .user(id)
    }

    private func group(_ uri: String, _ argument: String) throws(WireError) -> AccessControlList.Grantee {
        guard AccessControlList.Group.known.contains(uri) else {
            throw call.invalidArgument("Invalid group uri", argument, uri)
        }
        return .group(uri)
    }

    /// S3 takes no grantees by address since October 2025.
    private func refusedEmail() -> WireError {
        call.refusal("MethodNotAllowed", ["Method": "PUT", "ResourceType": "ACL"])
    }

    private func read(_ document: InputReader) throws(WireError) -> AccessControlList {
        let grants = document.structures("Grants")
        guard let named = document.structure("Owner"), document["Grants"] != nil, grants.count <= Self.mostGrants else {
            throw call.refusal("MalformedACLError")
        }
        guard case .user(let id) = try user(named.text("ID"), "CanonicalUser/ID"), id == owner.id else {
            // Nobody gives away what is his by an ACL.
            throw call.accessDenied()
        }
        var list = AccessControlList(owner: owner)
        list.grants = []
        for grant in grants {
            guard let grantee = grant.structure("Grantee"), let permission = grant.optionalText("Permission") else {
                throw call.refusal("MalformedACLError")
            }
            list.grants.append(.init(grantee: try self.grantee(grantee), permission: permission))
        }
        return list
    }

    private func grantee(_ grantee: InputReader) throws(WireError) -> AccessControlList.Grantee {
        switch grantee.text("Type") {
        case "CanonicalUser": return try user(grantee.text("ID"), "CanonicalUser/ID")
        case "Group": return try group(grantee.text("URI"), "Group/URI")
        default: throw refusedEmail()
        }
    }
}

extension Substring {
    /// Without these letters at both ends.
    fileprivate func trimming(_ letters: String) -> Substring {
        var rest = self[...]
        while let first = rest.first, letters.contains(first) { rest.removeFirst() }
        while let last = rest.last, letters.contains(last) { rest.removeLast() }
        return rest
    }
}
