// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// One page of a listing in which a key may have several entries, each with an id: versions, uploads.
struct EntryPage<Entry> {
    private(set) var entries: [(key: ObjectKey, entry: Entry)] = []
    private(set) var groups: [String] = []
    private(set) var isTruncated = false
    /// The last that is shown; a group has no id.
    private(set) var last: (key: String, id: String?)?

    /// The page behind a key and, within that key, behind the entry of an id: one that has gone since leaves all of the
    /// key's. `entries` are a key's, in the order in which they are listed.
    init<Kept>(
        _ request: ListRequest, of table: KeyTable<Kept>, after marker: (key: String, id: String),
        entries: (Kept) -> [Entry], id: (Entry) -> String
    ) {
        guard request.limit > 0 else { return }
        let markerKey = ObjectKey(marker.key)
        request.listing(after: marker.key).walk(table, withMarker: !marker.id.isEmpty, isShown: { _ in true }) {
            switch $0 {
            case .group(let group):
                guard hasRoom(request) else { return false }
                groups.append(group)
                last = (group, nil)
            case .key(let key, let kept):
                var rest = entries(kept)[...]
                if key == markerKey, let place = rest.firstIndex(where: { id($0) == marker.id }) {
                    rest = rest[(place + 1)...]
                }
                for entry in rest {
                    guard hasRoom(request) else { return false }
                    self.entries.append((key, entry))
                    last = (key.text, id(entry))
                }
            }
            return true
        }
    }

    /// Whether one more fits; if none does, there is another page.
    private mutating func hasRoom(_ request: ListRequest) -> Bool {
        isTruncated = entries.count + groups.count >= request.limit
        return !isTruncated
    }

    /// The request's own words, what keys have in common, and the key behind which the next page begins.
    func output(_ request: ListRequest, after marker: String) -> Fields {
        var output = request.echo()
        output["KeyMarker"] = request.shown(marker)
        output["IsTruncated"] = .bool(isTruncated)
        if isTruncated, let last { output["NextKeyMarker"] = request.shown(last.key) }
        if !groups.isEmpty { output["CommonPrefixes"] = request.shown(groups: groups) }
        return output
    }
}
