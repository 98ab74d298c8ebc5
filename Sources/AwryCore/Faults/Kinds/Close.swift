// SPDX-License-Identifier: Apache-2.0

extension FaultKind {
    /// Nothing, and a FIN: what a client meets that uses a kept connection which the server had just given up.
    static let close = FaultKind(
        "close", "FIN, before a response", withBody: "truncate", FaultPlan(.nothing, then: .close))
}
