// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension FakeCall {
    /// How many items a page has where the call does not say.
    private static let pageSize = 100

    /// A page of items in order of their names, ignoring case: the member `list`, `IsTruncated`, and the marker of the
    /// next page.
    func page(_ items: [(name: String, value: Value)], as list: String) throws(WireError) -> Fields {
        let sorted = items.map { (key: $0.name.lowercased(), value: $0.value) }.sorted { $0.key < $1.key }
        return try page(ordered: sorted.map { (name: $0.key, value: $0.value) }, as: list)
    }

    /// A page of items in an order of their own.
    func page(ordered items: [(name: String, value: Value)], as list: String) throws(WireError) -> Fields {
        let (shown, marker) = try slice(items.map(\.name))
        var output: Fields = [list: .list(items[shown].map(\.value)), "IsTruncated": .bool(marker != nil)]
        if let marker { output["Marker"] = .string(marker) }
        return output
    }

    /// Which of so many items are on the page that is asked for, and the marker of the next. A marker says where the
    /// page begins and what stood before it, so that a deletion in between skips nothing.
    func slice(_ names: [String]) throws(WireError) -> (Range<Int>, String?) {
        var start = 0
        if let marker = input["Marker"]?.string {
            guard let bytes = Base64.decode(marker.utf8), let slash = bytes.firstIndex(of: 0x2F),
                let position = Int(String(decoding: bytes[..<slash], as: UTF8.self)), position > 0
            else { throw error("ValidationError", "Invalid Marker.") }
            let last = String(decoding: bytes[(slash + 1)...], as: UTF8.self)
            let place = names.firstIndex(of: last).map { $0 + 1 }
            start = min(place ?? max(0, position - 1), names.count)
        }
        let size = Int(input["MaxItems"]?.integer ?? Int64(Self.pageSize))
        let end = min(start + max(size, 1), names.count)
        guard end < names.count else { return (start..<end, nil) }
        return (start..<end, Base64.text("\(end)/\(names[end - 1])".utf8))
    }
}
