// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// What `x-amz-copy-source` names: `bucket/key`, percent-encoded, with or without a slash before it and
/// `?versionId=…` behind it; or an access point's ARN, whose object stands behind `/object/`.
struct CopySource: Sendable, Hashable {
    let bucket: String
    let key: String
    let versionID: String?

    /// Nil where it names no object.
    init?(_ header: String) {
        // A key may hold `?versionId=` only encoded.
        var path = header[...]
        var id: String?
        if let mark = header.utf8.firstIndex(of: UInt8(ascii: "?")) {
            let query = header[mark...].dropFirst()
            guard query.hasPrefix("versionId=") else { return nil }
            id = PercentCoding.text(Array(query.dropFirst(10).utf8)[...], plusIsSpace: false)
            path = header[..<mark]
        }
        guard let decoded = PercentCoding.text(Array(path.utf8)[...], plusIsSpace: true) else { return nil }
        var rest = decoded[...]
        if rest.hasPrefix("/") { rest = rest.dropFirst() }
        guard let slash = rest.utf8.firstIndex(of: UInt8(ascii: "/")), slash > rest.startIndex else { return nil }
        bucket = String(rest[..<slash])
        key = String(rest[slash...].dropFirst())
        versionID = id
        if key.isEmpty || id?.isEmpty == true { return nil }
    }
}
