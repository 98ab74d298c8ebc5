// SPDX-License-Identifier: Apache-2.0

/// How much is asked of those who call.
public enum AuthMode: String, Sendable, CaseIterable {
    /// Any credentials do.
    case off
    /// Signatures must be right, by keys that there are, and in time.
    case verify
    /// And policies must allow the call.
    case enforce
}
