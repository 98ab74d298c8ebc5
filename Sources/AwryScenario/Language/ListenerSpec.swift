// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// One entry of `listeners`: a port of its own that fails before there is a request, and serves as usual outside its
/// time. Time is the machine's, from when it was loaded.
public struct ListenerSpec: Sendable, Hashable {
    /// The port.
    public var port: UInt16
    /// How it fails.
    public var fault: ListenerFault
    /// When it begins to fail.
    public var after: Duration
    /// When it ends; nil: never.
    public var until: Duration?
    /// Where it stands.
    public var location: SourceLocation

    /// A listener that fails so for as long as it is there, unless its time is set.
    public init(
        port: UInt16, fault: ListenerFault, after: Duration = .zero, until: Duration? = nil, location: SourceLocation
    ) {
        self.port = port
        self.fault = fault
        self.after = after
        self.until = until
        self.location = location
    }
}
