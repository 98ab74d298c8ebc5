// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryDigest

extension S3 {
    static var listMultipartUploads: Handler? { list }

    private static func list(_ state: inout S3, _ call: FakeCall) throws(WireError) -> Outcome {
        let bucket = try state.bucket(of: call)
        let request = try ListRequest(call, limit: "MaxUploads")
        let marker = call.members.text("KeyMarker")
        // Without a key's marker an upload's says nothing.
        let idMarker = marker.isEmpty ? "" : call.members.text("UploadIdMarker")
        let page = EntryPage(
            request, of: bucket.uploadsByKey, after: (marker, idMarker), entries: { $0 }, id: \.id)
        var output = page.output(request, after: marker)
        output["Bucket"] = .string(bucket.name)
        output["UploadIdMarker"] = .string(idMarker)
        output["MaxUploads"] = .integer(Int64(request.limit))
        if page.isTruncated { output["NextUploadIdMarker"] = .string(page.last?.id ?? "") }
        let uploads = page.entries.map { Value.structure($0.entry.listed(in: request)) }
        if !uploads.isEmpty { output["Uploads"] = .list(uploads) }
        return .output(output)
    }
}

extension Bucket {
    /// The uploads of each key, in the order in which they were begun.
    fileprivate var uploadsByKey: KeyTable<[MultipartUpload]> {
        var table = KeyTable<[MultipartUpload]>()
        for upload in uploads.values.sorted(by: { ($0.initiatedAt, $0.id) < ($1.initiatedAt, $1.id) }) {
            if let place = table.position(of: upload.key) {
                table[place].append(upload)
            } else {
                table.insert(upload.key, [upload])
            }
        }
        return table
    }
}

extension MultipartUpload {
    fileprivate func listed(in request: ListRequest) -> Fields {
        var fields: Fields = [
            "UploadId": .string(id), "Key": request.shown(key.text), "Initiated": .timestamp(initiatedAt.wholeSeconds),
            "StorageClass": .string(settings.storageClass), "Owner": owner.value, "Initiator": initiator.value,
        ]
        if let algorithm {
            fields["ChecksumAlgorithm"] = .string(algorithm.rawValue)
            fields["ChecksumType"] = .string(isComposite ? "COMPOSITE" : "FULL_OBJECT")
        }
        return fields
    }
}
