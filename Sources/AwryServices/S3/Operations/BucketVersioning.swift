// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension S3 {
    static var putBucketVersioning: Handler? { put }
    static var getBucketVersioning: Handler? { read }

    private static func put(_ state: inout S3, _ call: FakeCall) throws(WireError) -> Outcome {
        let request = call.members.fields("VersioningConfiguration")
        return try state.onBucket(of: call) { (bucket) throws(WireError) in
            // Only the root account with a device of its own may ask for it, and no device is known here.
            if request["MFADelete"]?.string == "Enabled" || call.members["MFA"] != nil {
                throw call.accessDenied("Mfa Authentication must be used for this request")
            }
            switch request["Status"]?.string {
            case "Enabled": bucket.versioning = .enabled
            case "Suspended":
                let holder =
                    bucket.objectLock != nil
                    ? "An Object Lock" : bucket.configuration[.replication] != nil ? "A replication" : nil
                if let holder {
                    throw call.refusal(
                        "InvalidBucketState",
                        message: "\(holder) configuration is present on this bucket, so the versioning state cannot "
                            + "be changed.")
                }
                bucket.versioning = .suspended
            default: throw call.refusal("IllegalVersioningConfigurationException")
            }
            return .output([:])
        }
    }

    private static func read(_ state: inout S3, _ call: FakeCall) throws(WireError) -> Outcome {
        switch try state.bucket(of: call).versioning {
        case .never: .output([:])
        case .enabled: .output(["Status": "Enabled"])
        case .suspended: .output(["Status": "Suspended"])
        }
    }
}
