// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension S3 {
    static var listObjectVersions: Handler? { list }

    private static func list(_ state: inout S3, _ call: FakeCall) throws(WireError) -> Outcome {
        let bucket = try state.bucket(of: call)
        let request = try ListRequest(call, limit: "MaxKeys")
        let input = call.members
        let (marker, idMarker) = (input.text("KeyMarker"), input.optionalText("VersionIdMarker") ?? "")
        if !idMarker.isEmpty, marker.isEmpty {
            throw call.invalidArgument(
                "A version-id marker cannot be specified without a key marker.", "version-id-marker", idMarker)
        }
        if !idMarker.isEmpty { try Bucket.checkForm(ofVersionID: idMarker, call) }
        var page = VersionPage(request)
        if request.limit > 0 { page.fill(from: bucket, after: marker, idMarker) }
        var output = request.echo()
        output["Name"] = .string(bucket.name)
        output["KeyMarker"] = request.shown(marker)
        output["VersionIdMarker"] = .string(idMarker)
        output["MaxKeys"] = .integer(Int64(request.limit))
        output["IsTruncated"] = .bool(page.isTruncated)
        if page.isTruncated, let last = page.last {
            output["NextKeyMarker"] = request.shown(last.key)
            if let id = last.id { output["NextVersionIdMarker"] = .string(id) }
        }
        if !page.versions.isEmpty { output["Versions"] = .list(page.versions) }
        if !page.markers.isEmpty { output["DeleteMarkers"] = .list(page.markers) }
        if !page.groups.isEmpty { output["CommonPrefixes"] = request.shown(groups: page.groups) }
        return .output(output)
    }
}

/// One page of versions, a key's newest first.
private struct VersionPage {
    let request: ListRequest
    var versions: [Value] = []
    var markers: [Value] = []
    var groups: [String] = []
    var isTruncated = false
    /// The last that is shown; a group has no id.
    var last: (key: String, id: String?)?

    init(_ request: ListRequest) {
        self.request = request
    }

    private var isFull: Bool { versions.count + markers.count + groups.count >= request.limit }

    mutating func fill(from bucket: Bucket, after marker: String, _ idMarker: String) {
        let markerKey = ObjectKey(marker)
        request.listing(after: marker).walk(bucket.objects, withMarker: !idMarker.isEmpty, isShown: { _ in true }) {
            switch $0 {
            case .group(let group):
                if isFull {
                    isTruncated = true
                    return false
                }
                groups.append(group)
                last = (group, nil)
            case .key(let key, let all):
                var rest = all.reversed()[...]
                if key == markerKey {
                    // Behind the marker's version; one that has gone since leaves all of the key's.
                    if let place = rest.firstIndex(where: { $0.shownID == idMarker }) {
                        rest = rest[rest.index(after: place)...]
                    }
                }
                for version in rest {
                    if isFull {
                        isTruncated = true
                        return false
                    }
                    add(version, key, isLatest: version.shownID == all.last?.shownID)
                }
            }
            return true
        }
    }

    private mutating func add(_ version: ObjectVersion, _ key: ObjectKey, isLatest: Bool) {
        last = (key.text, version.shownID)
        var fields: Fields = [
            "Key": request.shown(key.text), "VersionId": .string(version.shownID), "IsLatest": .bool(isLatest),
        ]
        if let content = version.content {
            request.show(content, version, in: &fields, withOwner: true)
            versions.append(.structure(fields))
        } else {
            fields["LastModified"] = .timestamp(version.modifiedAt.wholeSeconds)
            fields["Owner"] = version.owner.value
            markers.append(.structure(fields))
        }
    }
}
