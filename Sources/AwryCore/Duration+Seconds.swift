// SPDX-License-Identifier: Apache-2.0

extension Duration {
    /// In seconds, rounded as doubles are.
    public var inSeconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds) + Double(attoseconds) * 1e-18
    }
}
