// SPDX-License-Identifier: Apache-2.0

extension FaultKind {
    /// The request is read, and that was all.
    static let blackhole = FaultKind(
        "blackhole", "never an answer", withBody: "stall", FaultPlan(.nothing, then: .silence))
}
