// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Which header fields concern one connection only, and are not passed on (RFC 9110 7.6.1).
struct HopByHop {
    private static let always: Set<String> = [
        "connection", "keep-alive", "proxy-connection", "proxy-authenticate", "proxy-authorization", "te", "trailer",
        "transfer-encoding", "upgrade",
    ]

    /// Those that `Connection` names.
    private var named: Set<String> = []

    /// What these fields say of each other.
    init(_ headers: [Header]) {
        for header in headers where header.name.lowercased() == "connection" {
            for name in header.value.lowercased().split(separator: ",") {
                named.insert(String(name.filter { $0 != " " && $0 != "\t" }))
            }
        }
    }

    /// Whether a field of this name, in lower case, is one.
    func contains(_ name: String) -> Bool { Self.always.contains(name) || named.contains(name) }
}
