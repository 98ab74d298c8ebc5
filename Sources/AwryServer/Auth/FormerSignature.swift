// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryDigest
import AwryHTTP
import AwryWire

/// A presigned URL of Signature Version 2 (Amazon S3 Developer Guide, "Signing and authenticating REST requests"),
/// which botocore makes for S3 unless told otherwise.
struct FormerSignature {
    /// What of a query is part of the resource.
    private static let subresources: Set<String> = [
        "accelerate", "acl", "cors", "defaultObjectAcl", "delete", "encryption", "inventory", "analytics", "lifecycle",
        "location", "logging", "metrics", "notification", "object-lock", "partNumber", "policy", "policyStatus",
        "publicAccessBlock", "replication", "requestPayment", "restore", "retention", "legal-hold", "tagging",
        "torrent",
        "uploadId", "uploads", "versionId", "versioning", "versions", "website", "select", "select-type",
        "response-cache-control", "response-content-disposition", "response-content-encoding",
        "response-content-language", "response-content-type", "response-expires", "ownershipControls",
    ]

    let accessKey: String
    let signature: String
    /// When the URL ends.
    let expires: Timestamp
    private let head: RequestHead
    private let items: [(name: String, value: String?)]

    /// Nil where the request has none.
    init?(_ head: RequestHead, _ credential: Credential) {
        guard credential.placement == .query, let key = credential.accessKey else { return nil }
        let items = (head.query ?? []).split(separator: UInt8(ascii: "&")).map { item in
            let equals = item.firstIndex(of: UInt8(ascii: "="))
            let name = PercentCoding.lenientText(item[..<(equals ?? item.endIndex)], plusIsSpace: true)
            return (name, equals.map { PercentCoding.lenientText(item[($0 + 1)...], plusIsSpace: true) })
        }
        func value(_ name: String) -> String? { items.first { $0.0 == name }?.1 }
        guard value("AWSAccessKeyId") == key, let signature = value("Signature"),
            let seconds = value("Expires").flatMap({ Int64($0) })
        else { return nil }
        // A moment beyond all clocks is as good as one that never comes.
        expires = Timestamp(seconds: min(max(seconds, 0), 1 << 40))
        accessKey = key
        self.signature = signature
        self.head = head
        self.items = items
    }

    /// Throws where the secret signs otherwise.
    func verify(secret: String) throws(AuthRefusal) {
        // The path names the bucket, unless the host does.
        let labels = (head.hostText ?? "").split(separator: ".").first.map { "/\($0)" } ?? ""
        for bucket in ["", labels] {
            let wanted = Base64.text(Digests.hmacSHA1(key: secret.utf8, toSign(bucket)))
            if Digests.areEqual(wanted.utf8, signature.utf8) { return }
        }
        throw .wrongFormerSignature(self)
    }

    /// What is signed.
    func toSign(_ bucket: String = "") -> [UInt8] {
        let seconds = items.first { $0.name == "Expires" }?.value ?? ""
        var text = "\(head.method)\n\(head.text("content-md5") ?? "")\n\(head.text("content-type") ?? "")\n\(seconds)\n"
        var own: [String: [String]] = [:]
        for header in head.headers where header.name.lowercased().hasPrefix("x-amz-") {
            own[header.name.lowercased(), default: []].append(header.value)
        }
        for item in items where item.name.lowercased().hasPrefix("x-amz-") {
            own[item.name.lowercased(), default: []].append(item.value ?? "")
        }
        for name in own.keys.sorted() { text += "\(name):\(own[name]?.joined(separator: ",") ?? "")\n" }
        text += bucket + String(decoding: head.path, as: UTF8.self)
        let signed = items.filter { Self.subresources.contains($0.name) }.sorted { $0.name < $1.name }
        for (index, item) in signed.enumerated() {
            text += (index == 0 ? "?" : "&") + item.name + (item.value.map { "=\($0)" } ?? "")
        }
        return Array(text.utf8)
    }
}
