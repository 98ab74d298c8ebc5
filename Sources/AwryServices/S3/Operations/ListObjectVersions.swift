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
        let page = EntryPage(
            request, of: bucket.objects, after: (marker, idMarker),
            entries: { versions in versions.reversed().map { ($0, isLatest: $0.shownID == versions.last?.shownID) } },
            id: \.0.shownID)
        var output = page.output(request, after: marker)
        output["Name"] = .string(bucket.name)
        output["VersionIdMarker"] = .string(idMarker)
        output["MaxKeys"] = .integer(Int64(request.limit))
        if page.isTruncated, let id = page.last?.id { output["NextVersionIdMarker"] = .string(id) }
        var (versions, markers): ([Value], [Value]) = ([], [])
        for (key, (version, isLatest)) in page.entries {
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
        if !versions.isEmpty { output["Versions"] = .list(versions) }
        if !markers.isEmpty { output["DeleteMarkers"] = .list(markers) }
        return .output(output)
    }
}
