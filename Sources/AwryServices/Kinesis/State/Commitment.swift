// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// An account's promise to pay for a minimum of throughput in a region.
struct Commitment: Sendable {
    var startedAt: Timestamp
    /// When it ends; nil while it goes on.
    var endedAt: Timestamp?

    /// The earliest moment at which it may end.
    var earliestEnd: Timestamp { startedAt + KinesisLimits.commitment }

    /// As operations tell of it.
    func value(_ now: Timestamp) -> Fields {
        var status = "ENABLED"
        if let endedAt { status = endedAt <= now ? "DISABLED" : "ENABLED_UNTIL_EARLIEST_ALLOWED_END" }
        var fields: Fields = ["Status": .string(status), "StartedAt": .timestamp(startedAt)]
        if let endedAt { fields["EndedAt"] = .timestamp(endedAt) }
        fields["EarliestAllowedEndAt"] = .timestamp(earliestEnd)
        return fields
    }
}
