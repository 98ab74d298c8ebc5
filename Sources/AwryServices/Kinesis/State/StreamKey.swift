// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// What names a stream: its place and its own name.
struct StreamKey: Hashable, Sendable {
    let place: Place
    let name: String

    init(_ place: Place, _ name: String) {
        self.place = place
        self.name = name
    }

    /// The stream that an ARN names, its own or a consumer's; nil where it is neither's.
    init?(arn: String) {
        guard let arn = ARN(arn), arn.service == "kinesis" else { return nil }
        let path = arn.resource.split(separator: "/", omittingEmptySubsequences: false)
        guard path.count >= 2, path[0] == "stream", !path[1].isEmpty else { return nil }
        self.init(Place(of: arn), String(path[1]))
    }

    var arn: String { "arn:aws:kinesis:\(place.region):\(place.account):stream/\(name)" }
}

/// What names a shard within its stream.
enum ShardID {
    /// A shard's id: `shardId-` and twelve digits.
    static func text(_ number: UInt32) -> String {
        let digits = String(number)
        return "shardId-" + String(repeating: "0", count: max(0, 12 - digits.count)) + digits
    }

    /// The number in an id. Kinesis takes whatever ends in a hyphen and a number.
    static func number(_ text: String) -> UInt32? {
        guard let digits = text.split(separator: "-", omittingEmptySubsequences: false).last, digits.count < text.count
        else { return nil }
        return digits.utf8.allSatisfy(\.isDigit) ? UInt32(digits) : nil
    }
}
