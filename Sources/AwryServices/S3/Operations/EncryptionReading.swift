// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension ObjectEncryption {
    /// How a write wants its object encrypted, or the bucket where the write says nothing.
    init(_ call: FakeCall, in bucket: Bucket) throws(WireError) {
        let input = call.members
        let wanted = input.optionalText("ServerSideEncryption")
        let key = try CustomerKey.read(call)
        if let key {
            if let wanted {
                throw call.invalidArgument(
                    "Server Side Encryption with Customer provided key is incompatible with the encryption method "
                        + "specified", "x-amz-server-side-encryption", wanted)
            }
            if bucket.blocksCustomerKeys { throw call.accessDenied() }
            self.init(algorithm: nil, customerKeyMD5: key.md5)
            return
        }
        self = bucket.defaultEncryption
        if let wanted {
            guard ["AES256", "aws:kms", "aws:kms:dsse"].contains(wanted) else {
                throw call.invalidArgument(
                    "The encryption method specified is not supported", "x-amz-server-side-encryption", wanted)
            }
            if wanted != algorithm { usesBucketKey = false }
            algorithm = wanted
            keyID = nil
        }
        let keyName = input.optionalText("SSEKMSKeyId")
        if algorithm == "AES256" || wanted == nil, keyName != nil {
            throw call.invalidArgument(
                "Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : "
                    + "aws:kms", "x-amz-server-side-encryption", wanted ?? "null")
        }
        if algorithm == "AES256" { return }
        keyID = keyID ?? bucket.keyARN(keyName ?? "alias/aws/s3")
        context = input.optionalText("SSEKMSEncryptionContext")
        if let usesKey = input["BucketKeyEnabled"]?.bool { usesBucketKey = usesKey && algorithm == "aws:kms" }
    }
}
