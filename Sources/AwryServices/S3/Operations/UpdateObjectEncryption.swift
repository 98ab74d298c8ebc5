// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension S3 {
    static var updateObjectEncryption: Handler? { update }

    private static func update(_ state: inout S3, _ call: FakeCall) throws(WireError) -> Outcome {
        guard let wanted = call.members.fields("ObjectEncryption")["SSEKMS"]?.fields else { throw call.malformedXML() }
        try state.onObject(of: call) { (content, bucket) throws(WireError) in
            guard bucket.zone == nil,
                content.encryption.algorithm == "AES256" || content.encryption.algorithm == "aws:kms"
            else {
                throw call.invalidRequest("The encryption of this object cannot be updated.")
            }
            content.encryption.algorithm = "aws:kms"
            content.encryption.keyID = bucket.keyARN(wanted["KMSKeyArn"]?.string ?? "alias/aws/s3")
            content.encryption.usesBucketKey = wanted["BucketKeyEnabled"]?.bool ?? false
        }
        return .output([:])
    }
}
