// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension Retention {
    /// What a write says of retention and legal hold, or the bucket's default where it says nothing.
    static func read(_ call: FakeCall, in bucket: Bucket) throws(WireError) -> (Retention?, legalHold: Bool?) {
        let input = call.members
        let mode = input.optionalText("ObjectLockMode")
        let until = input["ObjectLockRetainUntilDate"]?.timestamp
        let hold = input.optionalText("ObjectLockLegalHoldStatus")
        if mode == nil, until == nil, hold == nil {
            return (bucket.objectLock?.defaultRetention?.retention(from: call.now), nil)
        }
        guard bucket.objectLock != nil else {
            throw call.invalidRequest("Bucket is missing Object Lock Configuration")
        }
        guard (mode == nil) == (until == nil) else {
            throw call.invalidArgument(
                "x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied",
                mode == nil ? "x-amz-object-lock-mode" : "x-amz-object-lock-retain-until-date", "null")
        }
        let isHeld = hold.map { $0 == "ON" }
        guard let mode, let until else {
            return (bucket.objectLock?.defaultRetention?.retention(from: call.now), isHeld)
        }
        guard let known = Mode(rawValue: mode) else {
            throw call.invalidArgument("Unknown wormMode directive.", "x-amz-object-lock-mode", mode)
        }
        guard until > call.now else {
            throw call.invalidArgument(
                "The retain until date must be in the future!", "x-amz-object-lock-retain-until-date",
                TimeFormats.iso8601(until))
        }
        return (Retention(mode: known, until: until), isHeld)
    }
}

extension Bucket.DefaultRetention {
    /// The retention of a version that is made now.
    func retention(from now: Timestamp) -> Retention {
        let days: Int64 =
            switch span {
            case .days(let days): days
            case .years(let years): years * 365
            }
        return Retention(mode: mode, until: now + .seconds(days * 86_400))
    }
}

extension ObjectContent {
    /// Whether it may not be deleted or overwritten now; `bypassing` says that governance is to be passed over.
    func isLocked(at now: Timestamp, bypassing: Bool) -> Bool {
        if legalHold == true { return true }
        guard let retention, retention.until > now else { return false }
        return retention.mode == .compliance || !bypassing
    }
}
