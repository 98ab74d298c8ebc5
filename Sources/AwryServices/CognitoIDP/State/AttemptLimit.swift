// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// How often a user has tried what he may not try for ever ("Lockout for failed sign-in attempts" and "Quotas on user
/// pool operations" of Cognito's guide).
struct AttemptLimit: Sendable {
    /// So many wrong passwords pass before the first lock-out.
    static let freeFailures = 5
    /// The longest lock-out, and how long failures are remembered.
    static let longest = Duration.seconds(15 * 60)
    /// How many codes may be asked for, and how many wrong ones given, in an hour.
    static let codesAnHour = 5
    static let hour = Duration.seconds(3600)

    private var failures = 0
    private var lastFailure: Timestamp?
    private var lockedUntil: Timestamp?
    private var moments: [String: [Timestamp]] = [:]

    /// Whether a password is looked at now; one that comes too early does not prolong the wait.
    mutating func mayTryPassword(at now: Timestamp) -> Bool {
        if let lastFailure, now - lastFailure >= Self.longest, lockedUntil.map({ $0 <= now }) ?? true {
            passwordWasRight()
        }
        return lockedUntil.map { $0 <= now } ?? true
    }

    /// After five, each wrong password locks the user out twice as long as the one before: a second first.
    mutating func passwordWasWrong(at now: Timestamp) {
        failures += 1
        lastFailure = now
        guard failures >= Self.freeFailures else { return }
        let doublings = min(failures - Self.freeFailures, 20)
        lockedUntil = now + min(Duration.seconds(1 << doublings), Self.longest)
    }

    mutating func passwordWasRight() {
        failures = 0
        lastFailure = nil
        lockedUntil = nil
    }

    /// Counts one more of what is limited by the hour; false where it is one too many.
    mutating func count(_ what: String, at now: Timestamp) -> Bool {
        var recent = (moments[what] ?? []).filter { now - $0 < Self.hour }
        guard recent.count < Self.codesAnHour else {
            moments[what] = recent
            return false
        }
        recent.append(now)
        moments[what] = recent
        return true
    }

    mutating func forget(_ what: String) { moments[what] = nil }
}
