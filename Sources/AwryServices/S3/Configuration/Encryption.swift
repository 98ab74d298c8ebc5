// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// How what is put is encrypted unless the call says otherwise. Every bucket encrypts, with S3's own keys by default.
extension S3 {
    static var getBucketEncryption: Handler? {
        getting(
            .encryption, as: "ServerSideEncryptionConfiguration",
            default: [
                "Rules": [
                    [
                        "ApplyServerSideEncryptionByDefault": ["SSEAlgorithm": "AES256"], "BucketKeyEnabled": false,
                    ]
                ]
            ])
    }
    static var deleteBucketEncryption: Handler? { removing(.encryption) }
    static var putBucketEncryption: Handler? {
        { (state, call) throws(WireError) in
            let index = try state.index(of: call)
            let document = try call.document("ServerSideEncryptionConfiguration")
            try checkEncryption(document, call)
            // What is not said of bucket keys is shown all the same.
            let rules = (document.all["Rules"]?.list ?? []).compactMap(\.fields).map { rule -> Value in
                var rule = rule
                rule.setDefault("BucketKeyEnabled", false)
                return .structure(rule)
            }
            state.buckets.values[index].configuration[.encryption] = ["Rules": .list(rules)]
            return .output([:])
        }
    }

    private static func checkEncryption(_ document: InputReader, _ call: FakeCall) throws(WireError) {
        let rules = document.structures("Rules")
        guard rules.count == 1, let rule = rules.first, !rule.all.isEmpty else { throw call.malformedXML() }
        guard let applied = rule.structure("ApplyServerSideEncryptionByDefault") else { return }
        if applied.text("SSEAlgorithm") == "AES256", applied["KMSMasterKeyID"] != nil {
            throw call.invalidArgument(
                "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse",
                "ApplyServerSideEncryptionByDefault", "AES256")
        }
    }
}

extension Bucket {
    /// How what is put without a word about it is encrypted.
    var defaultEncryption: ObjectEncryption {
        var encryption = ObjectEncryption()
        guard let rule = encryptionRule else { return encryption }
        let applied = rule["ApplyServerSideEncryptionByDefault"]?.fields
        encryption.algorithm = applied?["SSEAlgorithm"]?.string ?? "AES256"
        if encryption.algorithm != "AES256" {
            encryption.keyID = applied?["KMSMasterKeyID"]?.string.map(keyARN) ?? keyARN("alias/aws/s3")
            encryption.usesBucketKey = encryption.algorithm == "aws:kms" && rule["BucketKeyEnabled"]?.bool == true
        }
        return encryption
    }

    /// Whether objects under a customer's own key are refused.
    var blocksCustomerKeys: Bool {
        let blocked = encryptionRule?["BlockedEncryptionTypes"]?.fields?["EncryptionType"]?.list ?? []
        return blocked.contains("SSE-C")
    }

    private var encryptionRule: Fields? { configuration[.encryption]?["Rules"]?.list?.first?.fields }

    /// A KMS key's ARN: a key's id, or an alias, is one of the bucket's account and region.
    func keyARN(_ id: String) -> String {
        if id.hasPrefix("arn:") { return id }
        let resource = id.hasPrefix("alias/") ? id : "key/\(id)"
        return "arn:aws:kms:\(region):\(account):\(resource)"
    }
}
