// SPDX-License-Identifier: Apache-2.0

extension FaultKind {
    /// The head and half the body, or, with `after: 0`, the head alone.
    static let stall = FaultKind("stall", "silence amid the body") { body, after in
        .cut(body, after, then: .silence)
    }
}
