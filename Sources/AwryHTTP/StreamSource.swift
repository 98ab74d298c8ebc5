// SPDX-License-Identifier: Apache-2.0

/// Makes the body of an answer that goes on for as long as its client listens.
public protocol StreamSource: AnyObject, Sendable {
    /// The answer is under way. From now on `wake` is to be called, from any thread, once there is something to take
    /// again after `take` gave nothing.
    func begin(wake: @escaping @Sendable () -> Void)
    /// What has come since the last time; empty where nothing has, nil where the stream has ended. Called on the
    /// connection's loop, and only while its client keeps up: what is not taken, the source must bound.
    func take() -> [UInt8]?
    /// Nobody listens any more. Called once, after `begin`.
    func ended()
}
