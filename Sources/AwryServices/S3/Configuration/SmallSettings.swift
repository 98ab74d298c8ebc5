// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Settings of one or two words.
extension S3 {
    static var getBucketAccelerateConfiguration: Handler? { getting(.accelerate) }
    static var putBucketAccelerateConfiguration: Handler? {
        keeping(.accelerate, "AccelerateConfiguration") { (document, call) throws(WireError) in
            guard document["Status"] != nil else { throw call.malformedXML() }
            if call.members.text("Bucket").contains(".") {
                throw call.invalidRequest(
                    "S3 Transfer Acceleration is not supported for buckets with periods (.) in their names")
            }
        }
    }

    static var getBucketRequestPayment: Handler? { getting(.requestPayment, default: ["Payer": "BucketOwner"]) }
    static var putBucketRequestPayment: Handler? { keeping(.requestPayment, "RequestPaymentConfiguration") }

    static var getBucketAbac: Handler? { getting(.abac, as: "AbacStatus", default: ["Status": "Disabled"]) }
    static var putBucketAbac: Handler? {
        keeping(.abac, "AbacStatus") { (document, call) throws(WireError) in
            guard document["Status"] != nil else { throw call.malformedXML() }
        }
    }

    static var getBucketTagging: Handler? { getting(.tagging, orElse: "NoSuchTagSet") }
    static var deleteBucketTagging: Handler? { removing(.tagging) }
    static var putBucketTagging: Handler? {
        keeping(.tagging, "Tagging") { (document, call) throws(WireError) in
            _ = try TagSet(document.structures("TagSet"), of: .bucket, call)
        }
    }
}
