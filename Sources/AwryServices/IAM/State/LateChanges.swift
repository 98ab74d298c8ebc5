// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

/// What callers' policies were before changes that have no effect yet, where a scenario lets IAM's changes take their
/// time. Users, groups, roles and their policies are as they were; sessions are always the present ones.
struct LateChanges: Sendable {
    /// An account as it was before a change, and until when it counts.
    struct Former: Sendable {
        let until: Timestamp
        let account: IAMAccount?
    }

    /// More changes than this do not wait at once.
    private static let most = 1000

    private var waiting: [String: [Former]] = [:]

    /// Notes a change of an account; changes take effect in their order.
    mutating func note(_ id: String, before: IAMAccount?, effect: Timestamp, now: Timestamp) {
        var list = waiting[id, default: []]
        list.removeAll { $0.until <= now }
        if list.count >= Self.most { list.removeFirst() }
        list.append(Former(until: max(effect, list.last?.until ?? effect), account: before))
        waiting[id] = list
    }

    /// What counts of an account instead of what it is by now; nil where it is what it is.
    func former(_ id: String, at now: Timestamp) -> Former? {
        waiting[id]?.first { $0.until > now }
    }
}

extension IAM {
    /// Operations that change nothing by which calls are judged.
    private static let readers = ["Get", "List", "Simulate", "Generate"]

    /// Notes what a call changed, if changes are late.
    mutating func settle(_ call: FakeCall) {
        guard propagation > .zero, call.service.name == "iam",
            !Self.readers.contains(where: { call.operation.name.hasPrefix($0) })
        else { return }
        let id = call.place.account
        lateChanges.note(
            id, before: before[id], effect: effect(of: "\(call.operation.name) \(call.now.milliseconds)", at: call.now),
            now: call.now)
    }
}
