// SPDX-License-Identifier: Apache-2.0

extension FaultKind {
    /// Nothing, and a TCP RST: what a crashed or overloaded front end, or a firewall, does.
    static let reset = FaultKind(
        "reset", "TCP RST, before a response", withBody: "resetMidBody", FaultPlan(.nothing, then: .reset))
}
