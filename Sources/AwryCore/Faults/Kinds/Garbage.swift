// SPDX-License-Identifier: Apache-2.0

extension FaultKind {
    /// Bytes in which no client can find a status line: no line of them begins with `HTTP/`, and most are no ASCII.
    static let garbage = FaultKind(
        "garbage", "bytes that are not HTTP, then FIN", withBody: "badChunk",
        FaultPlan(.bytes((0..<96).map { UInt8(truncatingIfNeeded: $0 &* 73 &+ 0x81) } + [0x0D, 0x0A]), then: .close))
}
