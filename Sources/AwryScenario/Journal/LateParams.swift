// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

/// The input of a request that was decided and answered without it. It is decoded when the journal is read, so that
/// nobody waits for what nobody reads.
public protocol LateParams: AnyObject, Sendable {
    /// The input as the journal keeps it (`JournalEntry.kept`); nil while it has not come, or if it cannot be decoded.
    var params: Fields? { get }
    /// About how much memory it takes, in bytes, what is still to come included.
    var footprint: Int { get }
}

extension JournalEntry {
    /// An input as the journal keeps it: without secrets, unless they are to be shown, and what is too large. `unread`
    /// is how many bytes of body are missing from it.
    public static func kept(
        _ input: Fields, of operation: Operation, in service: Service, unread: Int? = nil, _ secrets: Secrets = .hidden
    ) -> Fields {
        var kept = KeptParams.kept(input, shape: operation.input, in: service, secrets)
        guard let unread else { return kept }
        if let payload = operation.input.flatMap({ service[$0].traits.payload }) {
            kept[payload] = KeptParams.notKept(unread)
        } else {
            kept["$notKept"] = .integer(Int64(unread))
        }
        return kept
    }
}
