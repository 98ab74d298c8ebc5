// SPDX-License-Identifier: Apache-2.0

extension FaultKind {
    /// A part of the body, and a TCP RST once the client's system has that part.
    static let resetMidBody = FaultKind("resetMidBody", "TCP RST amid the body") { body, after in
        .cut(body, after, then: .reset)
    }
}
