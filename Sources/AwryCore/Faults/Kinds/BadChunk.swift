// SPDX-License-Identifier: Apache-2.0

extension FaultKind {
    /// A chunked body whose second chunk has a size that is no number (RFC 9112 7.1).
    static let badChunk = FaultKind("badChunk", "a chunk whose size is no number, then FIN") { body, after in
        FaultPlan(.chunk(sent: after ?? body.count / 2, then: Array("zz\r\n".utf8)), then: .close)
    }
}
