// SPDX-License-Identifier: Apache-2.0

extension FaultKind {
    /// The status line and half the header fields. Clients that take the connection's end for the head's end (Python's
    /// `http.client` does) see an answer without the rest.
    static let closeMidHeaders = FaultKind(
        "closeMidHeaders", "FIN amid the response's headers", ofHeadWithBody: "truncate",
        FaultPlan(.partOfHead, then: .close))
}
