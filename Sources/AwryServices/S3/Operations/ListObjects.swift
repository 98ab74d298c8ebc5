// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension S3 {
    static var listObjects: Handler? { listFirst }
    static var listObjectsV2: Handler? { listSecond }

    private static func listFirst(_ state: inout S3, _ call: FakeCall) throws(WireError) -> Outcome {
        let bucket = try state.bucket(of: call)
        let request = try ListRequest(call, limit: "MaxKeys")
        let marker = call.members.text("Marker")
        let page = bucket.page(request, after: marker, withOwner: true)
        var output = request.echo(of: bucket, page)
        output["Marker"] = request.shown(marker)
        output["MaxKeys"] = .integer(Int64(request.limit))
        // Without a delimiter the last key tells where to go on.
        if page.isTruncated, !request.delimiter.isEmpty, let last = page.last {
            output["NextMarker"] = request.shown(last)
        }
        return .output(output)
    }

    private static func listSecond(_ state: inout S3, _ call: FakeCall) throws(WireError) -> Outcome {
        let bucket = try state.bucket(of: call)
        let request = try ListRequest(call, limit: "MaxKeys")
        let input = call.members
        var after = input.text("StartAfter")
        if let token = input.optionalText("ContinuationToken") {
            guard let text = ContinuationToken.text(of: token) else {
                throw call.invalidArgument(
                    "The continuation token provided is incorrect", "continuation-token", token)
            }
            after = text
        }
        let page = bucket.page(request, after: after, withOwner: input["FetchOwner"]?.bool ?? false)
        var output = request.echo(of: bucket, page)
        output["MaxKeys"] = .integer(Int64(request.limit))
        output["KeyCount"] = .integer(Int64(page.contents.count + page.groups.count))
        if let start = input.optionalText("StartAfter") { output["StartAfter"] = request.shown(start) }
        if let token = input.optionalText("ContinuationToken") { output["ContinuationToken"] = .string(token) }
        if page.isTruncated, let last = page.last {
            output["NextContinuationToken"] = .string(ContinuationToken.of(last))
        }
        return .output(output)
    }
}

/// One page of a listing.
private struct Page {
    var contents: [Value] = []
    var groups: [String] = []
    var isTruncated = false
    /// The last key or group that is shown.
    var last: String?
}

extension Bucket {
    /// The page that comes behind a key.
    fileprivate func page(_ request: ListRequest, after marker: String, withOwner: Bool) -> Page {
        var page = Page()
        guard request.limit > 0 else { return page }
        request.listing(after: marker).walk(objects, isShown: { $0.last?.content != nil }) { entry in
            guard page.contents.count + page.groups.count < request.limit else {
                page.isTruncated = true
                return false
            }
            switch entry {
            case .group(let group):
                page.groups.append(group)
                page.last = group
            case .key(let key, let versions):
                page.last = key.text
                guard let version = versions.last, let content = version.content else { break }
                var fields: Fields = ["Key": request.shown(key.text)]
                request.show(content, version, in: &fields, withOwner: withOwner)
                page.contents.append(.structure(fields))
            }
            return true
        }
        return page
    }
}

extension ListRequest {
    /// What both listings say of themselves, and what they found.
    fileprivate func echo(of bucket: Bucket, _ page: Page) -> Fields {
        var output = echo()
        output["Name"] = .string(bucket.name)
        output["IsTruncated"] = .bool(page.isTruncated)
        if !page.contents.isEmpty { output["Contents"] = .list(page.contents) }
        if !page.groups.isEmpty { output["CommonPrefixes"] = shown(groups: page.groups) }
        return output
    }
}
