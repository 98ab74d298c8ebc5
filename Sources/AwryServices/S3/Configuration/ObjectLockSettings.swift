// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// A bucket's object lock: that it has one, and how long new versions are held.
extension S3 {
    static var getObjectLockConfiguration: Handler? {
        { (state, call) throws(WireError) in
            let bucket = try state.bucket(of: call)
            guard let lock = bucket.objectLock else {
                throw call.lacking("ObjectLockConfigurationNotFoundError", bucket.name)
            }
            return .output(["ObjectLockConfiguration": .structure(lock.shown)])
        }
    }

    static var putObjectLockConfiguration: Handler? {
        { (state, call) throws(WireError) in
            let index = try state.index(of: call)
            let lock = try readLock(try call.document("ObjectLockConfiguration"), call)
            guard state.buckets.values[index].versioning == .enabled else {
                throw call.refusal(
                    "InvalidBucketState",
                    message: "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration")
            }
            state.buckets.values[index].objectLock = lock
            return .output([:])
        }
    }

    /// The longest default retentions (DefaultRetention).
    private static let (mostDays, mostYears): (Int64, Int64) = (36_500, 100)

    private static func readLock(_ document: InputReader, _ call: FakeCall) throws(WireError) -> Bucket.ObjectLock {
        guard document.text("ObjectLockEnabled") == "Enabled" else { throw call.malformedXML() }
        guard let rule = document.structure("Rule") else { return Bucket.ObjectLock() }
        guard let retention = rule.structure("DefaultRetention"),
            let mode = Retention.Mode(rawValue: retention.text("Mode"))
        else { throw call.malformedXML() }
        let span: Bucket.DefaultRetention.Span
        switch (retention.integer("Days"), retention.integer("Years")) {
        case (let days?, nil):
            try checkPeriod(days, mostDays, "Days", call)
            span = .days(days)
        case (nil, let years?):
            try checkPeriod(years, mostYears, "Years", call)
            span = .years(years)
        default: throw call.malformedXML()
        }
        return Bucket.ObjectLock(defaultRetention: .init(mode: mode, span: span))
    }

    private static func checkPeriod(
        _ period: Int64, _ most: Int64, _ name: String, _ call: FakeCall
    ) throws(WireError) {
        if period <= 0 {
            throw call.invalidArgument(
                "Default retention period must be a positive integer value.", name, String(period))
        }
        if period > most {
            throw call.invalidArgument("Default retention period is too large.", name, String(period))
        }
    }
}

extension Bucket.ObjectLock {
    /// As outputs hold it.
    fileprivate var shown: Fields {
        var shown: Fields = ["ObjectLockEnabled": "Enabled"]
        guard let retention = defaultRetention else { return shown }
        var rule: Fields = ["Mode": .string(retention.mode.rawValue)]
        switch retention.span {
        case .days(let days): rule["Days"] = .integer(days)
        case .years(let years): rule["Years"] = .integer(years)
        }
        shown["Rule"] = ["DefaultRetention": .structure(rule)]
        return shown
    }
}
