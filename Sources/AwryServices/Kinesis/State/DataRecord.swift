// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// A record in its shard. Its number is its position's; its data stays a slice of what came.
struct DataRecord: Sendable {
    let data: Blob
    let partitionKey: String
    let arrival: Timestamp
    let isEncrypted: Bool

    /// What counts against limits of bytes.
    var size: Int { data.count + partitionKey.utf8.count }
}
