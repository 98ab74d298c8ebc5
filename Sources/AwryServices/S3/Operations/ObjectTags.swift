// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension FakeCall {
    /// The tags in `x-amz-tagging`, which is a query string.
    func tags(inHeader header: String) throws(WireError) -> Fields {
        var pairs: [(key: String, value: String)] = []
        for item in header.utf8.split(separator: UInt8(ascii: "&")) {
            let halves = item.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            let texts = halves.map { PercentCoding.text(Array($0)[...], plusIsSpace: true) }
            guard let key = texts[0], let value = texts.count > 1 ? texts[1] : "",
                !pairs.contains(where: { $0.key == key })
            else {
                throw invalidArgument(
                    "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters "
                        + "without tag name duplicates.", "x-amz-tagging", header)
            }
            pairs.append((key, value))
        }
        return try TagSet(pairs, of: .object, self).tags
    }
}
