// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryDigest

extension S3 {
    static var createMultipartUpload: Handler? { begin }
    static var abortMultipartUpload: Handler? { abort }

    private static func begin(_ state: inout S3, _ call: FakeCall) throws(WireError) -> Outcome {
        let index = try state.index(of: call)
        let key = try call.objectKey()
        let bucket = state.buckets.values[index]
        let (algorithm, isComposite) = try checksum(call)
        let upload = MultipartUpload(
            id: state.nextUploadID(), key: key, initiatedAt: call.now,
            owner: bucket.objectOwner(writer: call.place.account), initiator: S3Owner(account: call.place.account),
            settings: try ObjectSettings(call, in: bucket), algorithm: algorithm, isComposite: isComposite,
            replacesObject: bucket.current(key) != nil)
        state.buckets.values[index].uploads[upload.id] = upload
        var output: Fields = [
            "Bucket": .string(bucket.name), "Key": .string(key.text), "UploadId": .string(upload.id),
        ]
        upload.settings.encryption.show(in: &output, withContext: true)
        bucket.showAbortion(of: upload, in: &output)
        if let algorithm {
            output["ChecksumAlgorithm"] = .string(algorithm.rawValue)
            output["ChecksumType"] = .string(isComposite ? "COMPOSITE" : "FULL_OBJECT")
        }
        return .output(output)
    }

    /// Which checksums the parts are to have, and whether the object's is made of theirs (Amazon S3 User Guide,
    /// "Checking object integrity", the table of algorithms and types).
    private static func checksum(_ call: FakeCall) throws(WireError) -> (ChecksumAlgorithm?, isComposite: Bool) {
        let type = call.members.optionalText("ChecksumType")
        guard let algorithm = try GivenChecksum.algorithm(call) else {
            guard type == nil else {
                throw call.invalidRequest(
                    "The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.")
            }
            return (nil, false)
        }
        let name = algorithm.rawValue.lowercased()
        switch type {
        case "COMPOSITE" where algorithm.isWholeByDefault, "FULL_OBJECT" where !algorithm.canBeWhole:
            throw call.invalidRequest(
                "The \(type ?? "") checksum type cannot be used with the \(name) checksum algorithm.")
        case let type?: return (algorithm, type == "COMPOSITE")
        case nil: return (algorithm, !algorithm.isWholeByDefault)
        }
    }

    private static func abort(_ state: inout S3, _ call: FakeCall) throws(WireError) -> Outcome {
        let index = try state.index(of: call)
        let upload = try state.buckets.values[index].upload(of: call)
        if let wanted = call.members["IfMatchInitiatedTime"]?.timestamp {
            guard state.buckets.values[index].zone != nil else {
                throw call.refusal("NotImplemented", ["Header": "x-amz-if-match-initiated-time"])
            }
            guard wanted.seconds == upload.initiatedAt.seconds else {
                throw call.preconditionFailed("x-amz-if-match-initiated-time")
            }
        }
        state.buckets.values[index].uploads[upload.id] = nil
        return .output([:])
    }

    /// An upload's id: 128 letters.
    private mutating func nextUploadID() -> String {
        (0..<4).map { _ in nextVersionID() }.joined()
    }
}

extension Bucket {
    /// The upload that a call names, of the key that it names.
    func upload(of call: FakeCall) throws(WireError) -> MultipartUpload {
        let id = call.members.text("UploadId")
        let key = try call.objectKey()
        guard let upload = uploads[id], upload.key == key else {
            throw call.noSuchUpload(id)
        }
        return upload
    }
}

extension FakeCall {
    func noSuchUpload(_ id: String) -> WireError { refusal("NoSuchUpload", ["UploadId": .string(id)]) }
}
