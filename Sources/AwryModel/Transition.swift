// SPDX-License-Identifier: Apache-2.0

/// What AWS makes, changes and deletes in its own time; scenarios say how long under `options.transitions`, by these
/// names.
public enum Transition: String, Sendable, CaseIterable, Hashable {
    /// A Kinesis stream's CREATING, UPDATING and DELETING.
    case stream = "kinesis.stream"
    /// A stream consumer's CREATING and DELETING.
    case consumer = "kinesis.consumer"
    /// From a new peak of what is written to an on-demand stream to the shards that are opened for it.
    case onDemand = "kinesis.onDemand"
}
