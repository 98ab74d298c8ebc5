// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import AwryScenario

/// The HTTP request as rules may look at it: texts are made only when a rule asks for them.
struct ReceivedRequest: RawRequest {
    let head: RequestHead
    /// The body, once it was read and `aws-chunked` taken off.
    let body: ArraySlice<UInt8>?

    var query: String { head.query.map { String(decoding: $0, as: UTF8.self) } ?? "" }

    func headers(_ name: String) -> [String] { head.texts(name) }

    /// Equal bodies have equal hashes, which is all that telling calls apart needs.
    var bodyHash: UInt64? { body.map { Chance.hash($0) } }
}
