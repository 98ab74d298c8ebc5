// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryDigest

extension S3 {
    static var listMultipartUploads: Handler? { list }

    private static func list(_ state: inout S3, _ call: FakeCall) throws(WireError) -> Outcome {
        let bucket = try state.bucket(of: call)
        let request = try ListRequest(call, limit: "MaxUploads")
        let input = call.members
        let marker = input.text("KeyMarker")
        // Without a key's marker an upload's says nothing.
        let idMarker = marker.isEmpty ? "" : input.text("UploadIdMarker")
        var page = UploadPage(request)
        if request.limit > 0 { page.fill(from: bucket, after: marker, idMarker) }
        var output = request.echo()
        output["Bucket"] = .string(bucket.name)
        output["KeyMarker"] = request.shown(marker)
        output["UploadIdMarker"] = .string(idMarker)
        output["MaxUploads"] = .integer(Int64(request.limit))
        output["IsTruncated"] = .bool(page.isTruncated)
        if page.isTruncated, let last = page.last {
            output["NextKeyMarker"] = request.shown(last.key)
            output["NextUploadIdMarker"] = .string(last.id)
        }
        if !page.uploads.isEmpty { output["Uploads"] = .list(page.uploads) }
        if !page.groups.isEmpty { output["CommonPrefixes"] = request.shown(groups: page.groups) }
        return .output(output)
    }
}

/// One page of uploads: by their keys, those of one key as they were begun.
private struct UploadPage {
    let request: ListRequest
    var uploads: [Value] = []
    var groups: [String] = []
    var isTruncated = false
    var last: (key: String, id: String)?

    init(_ request: ListRequest) {
        self.request = request
    }

    private var isFull: Bool { uploads.count + groups.count >= request.limit }

    mutating func fill(from bucket: Bucket, after marker: String, _ idMarker: String) {
        var table = KeyTable<[MultipartUpload]>()
        for upload in bucket.uploads.values.sorted(by: { ($0.initiatedAt, $0.id) < ($1.initiatedAt, $1.id) }) {
            if let place = table.position(of: upload.key) {
                table[place].append(upload)
            } else {
                table.insert(upload.key, [upload])
            }
        }
        let markerKey = ObjectKey(marker)
        request.listing(after: marker).walk(table, withMarker: !idMarker.isEmpty, isShown: { _ in true }) {
            switch $0 {
            case .group(let group):
                if isFull {
                    isTruncated = true
                    return false
                }
                groups.append(group)
                last = (group, "")
            case .key(let key, let all):
                var rest = all[...]
                if key == markerKey, let place = rest.firstIndex(where: { $0.id == idMarker }) {
                    rest = rest[(place + 1)...]
                }
                for upload in rest {
                    if isFull {
                        isTruncated = true
                        return false
                    }
                    uploads.append(.structure(shown(upload)))
                    last = (key.text, upload.id)
                }
            }
            return true
        }
    }

    private func shown(_ upload: MultipartUpload) -> Fields {
        var fields: Fields = [
            "UploadId": .string(upload.id), "Key": request.shown(upload.key.text),
            "Initiated": .timestamp(upload.initiatedAt.wholeSeconds),
            "StorageClass": .string(upload.settings.storageClass),
            "Owner": upload.owner.value, "Initiator": upload.initiator.value,
        ]
        if let algorithm = upload.algorithm {
            fields["ChecksumAlgorithm"] = .string(algorithm.rawValue)
            fields["ChecksumType"] = .string(upload.isComposite ? "COMPOSITE" : "FULL_OBJECT")
        }
        return fields
    }
}
