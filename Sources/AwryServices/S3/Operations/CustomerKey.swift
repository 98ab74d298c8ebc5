// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryDigest

/// A key of the customer's own, with which an object is encrypted (SSE-C). Nothing is encrypted here; the key's MD5 is
/// kept, as S3 keeps it, and who has another key reads nothing.
struct CustomerKey: Sendable {
    /// The key's MD5, in base64.
    let md5: String

    /// The key in a call's input; nil where there is none. A copy's source has members of its own.
    static func read(_ call: FakeCall, prefix: String = "") throws(WireError) -> CustomerKey? {
        let input = call.members
        let algorithm = input.optionalText(prefix + "SSECustomerAlgorithm")
        let key = input.optionalText(prefix + "SSECustomerKey")
        let md5 = input.optionalText(prefix + "SSECustomerKeyMD5")
        if algorithm == nil, key == nil, md5 == nil { return nil }
        let requests = "Requests specifying Server Side Encryption with Customer provided keys must provide "
        guard let algorithm else { throw refusal(call, requests + "a valid encryption algorithm.") }
        guard algorithm == "AES256" else {
            throw call.refusal(
                "InvalidEncryptionAlgorithmError",
                ["ArgumentName": "x-amz-server-side-encryption", "ArgumentValue": .string(algorithm)],
                message: "The Encryption request you specified is not valid. Supported value: AES256.")
        }
        guard let key else { throw refusal(call, requests + "an appropriate secret key.") }
        guard let md5 else { throw refusal(call, requests + "the client calculated MD5 of the secret key.") }
        guard let bytes = Base64.decode(key.utf8), bytes.count == 32 else {
            throw refusal(call, "The secret key was invalid for the specified algorithm.")
        }
        guard Base64.text(Digests.md5(bytes)) == md5 else {
            throw refusal(call, "The calculated MD5 hash of the key did not match the hash that was provided.")
        }
        return CustomerKey(md5: md5)
    }

    private static func refusal(_ call: FakeCall, _ message: String) -> WireError {
        call.invalidArgument(message, "x-amz-server-side-encryption", "null")
    }
}

extension ObjectEncryption {
    /// Refuses who does not have the key, or has one where none is needed.
    func check(_ key: CustomerKey?, _ call: FakeCall) throws(WireError) {
        switch (customerKeyMD5, key) {
        case (nil, nil): return
        case (nil, _):
            throw call.invalidRequest("The encryption parameters are not applicable to this object.")
        case (_, nil):
            throw call.invalidRequest(
                "The object was stored using a form of Server Side Encryption. The correct parameters must be provided "
                    + "to retrieve the object.")
        case (let wanted?, let key?):
            if key.md5 != wanted {
                throw call.accessDenied(
                    "Requests specifying Server Side Encryption with Customer provided keys must provide the correct "
                        + "secret key.")
            }
        }
    }

    /// The members that show it in an output.
    func show(in output: inout Fields, withContext: Bool = false) {
        if let algorithm { output["ServerSideEncryption"] = .string(algorithm) }
        if let keyID { output["SSEKMSKeyId"] = .string(keyID) }
        if withContext, let context { output["SSEKMSEncryptionContext"] = .string(context) }
        if usesBucketKey { output["BucketKeyEnabled"] = true }
        if let customerKeyMD5 {
            output["SSECustomerAlgorithm"] = "AES256"
            output["SSECustomerKeyMD5"] = .string(customerKeyMD5)
        }
    }

    /// The ETag of a body with this MD5: the MD5 itself, unless KMS's or the customer's key encrypts it, when it is of
    /// the same form but no MD5 of the body ("Object" in the Amazon S3 API Reference).
    func etag(md5: [UInt8]) -> String {
        guard let salt = customerKeyMD5 ?? keyID else { return Hex.text(md5) }
        return Hex.text(Digests.md5(md5 + Array(salt.utf8)))
    }
}
