// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// What names a queue: its place and its own name.
struct QueueKey: Hashable, Sendable {
    let place: Place
    let name: String

    init(_ place: Place, _ name: String) {
        self.place = place
        self.name = name
    }

    /// The queue that an ARN names; nil where it is no queue's.
    init?(arn: String) {
        guard let arn = ARN(arn), arn.service == "sqs", !arn.resource.isEmpty, !arn.resource.contains(":") else {
            return nil
        }
        self.init(Place(of: arn), String(arn.resource))
    }

    /// The queue that a URL names in a region: its path ends in account and name. Nil where it does not.
    init?(url: String, region: String) {
        var url = url
        let parts = url.withUTF8 { bytes -> (account: String, name: String)? in
            let slash = UInt8(ascii: "/")
            guard let last = bytes.lastIndex(of: slash), last + 1 < bytes.count, last >= 13 else { return nil }
            let account = bytes[(last - 12)..<last]
            guard bytes[last - 13] == slash, account.allSatisfy(\.isDigit) else { return nil }
            let name = UnsafeBufferPointer(rebasing: bytes[(last + 1)...])
            return (
                String(decoding: UnsafeBufferPointer(rebasing: account), as: UTF8.self),
                String(decoding: name, as: UTF8.self)
            )
        }
        guard let parts else { return nil }
        self.init(Place(account: parts.account, region: region), parts.name)
    }

    var arn: String { "arn:aws:sqs:\(place.region):\(place.account):\(name)" }

    /// The queue's URL for who reaches the server at this endpoint.
    func url(at endpoint: String) -> String { "\(endpoint)/\(place.account)/\(name)" }
}
