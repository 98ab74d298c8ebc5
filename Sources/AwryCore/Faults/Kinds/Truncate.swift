// SPDX-License-Identifier: Apache-2.0

extension FaultKind {
    /// Content-Length promises more than comes (RFC 9112 8: the message is incomplete).
    static let truncate = FaultKind("truncate", "a body shorter than its Content-Length, then FIN") { body, after in
        .cut(body, after, then: .close)
    }
}
