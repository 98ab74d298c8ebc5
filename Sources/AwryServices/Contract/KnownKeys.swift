// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Keys that were given out, as they were found at one state of IAM: two lookups of each call's key need no more than
/// that. One lock around a table of bounded size.
final class KnownKeys: Sendable {
    private struct Table {
        var version: UInt64 = 0
        var keys: [String: IssuedKey] = [:]
    }

    private static let most = 1024
    private let table = Mutex(Table())

    /// The key of this id: as it was found at this state, or as `find` finds it. Whoever changes keys raises the
    /// version afterwards, so what is found is at least as new as the version that was read before.
    func key(_ id: String, at version: UInt64, find: () -> IssuedKey?) -> IssuedKey? {
        if let known = table.withLock({ $0.version == version ? $0.keys[id] : nil }) { return known }
        guard let key = find() else { return nil }
        table.withLock { table in
            guard table.version <= version else { return }
            if table.version < version || table.keys.count >= Self.most { table = Table(version: version) }
            table.keys[id] = key
        }
        return key
    }
}
