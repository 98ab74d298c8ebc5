// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension S3 {
    static var putObjectRetention: Handler? { putRetention }
    static var getObjectRetention: Handler? { readRetention }
    static var putObjectLegalHold: Handler? { putHold }
    static var getObjectLegalHold: Handler? { readHold }

    private static func putRetention(_ state: inout S3, _ call: FakeCall) throws(WireError) -> Outcome {
        let request = call.members.fields("Retention")
        let bypassing = call.members["BypassGovernanceRetention"]?.bool ?? false
        try state.onObject(of: call) { (content, bucket) throws(WireError) in
            try checkLock(of: bucket, call)
            let wanted = try retention(request, call)
            if let held = content.retention, held.until > call.now {
                // A hold may be made longer by anybody; shorter or of another kind only where governance is bypassed.
                let isLonger = wanted.map { $0.mode == held.mode && $0.until >= held.until } ?? false
                guard isLonger || held.mode == .governance && bypassing else {
                    throw call.accessDenied("Access Denied because object protected by object lock.")
                }
            }
            content.retention = wanted
        }
        return .output([:])
    }

    /// What is asked for; an empty one takes away what there is.
    private static func retention(_ request: Fields, _ call: FakeCall) throws(WireError) -> Retention? {
        if request.isEmpty { return nil }
        guard let mode = request["Mode"]?.string.flatMap({ Retention.Mode(rawValue: $0) }),
            let until = request["RetainUntilDate"]?.timestamp
        else { throw call.malformedXML() }
        guard until > call.now else {
            throw call.invalidArgument(
                "The retain until date must be in the future!", "RetainUntilDate", TimeFormats.iso8601(until))
        }
        return Retention(mode: mode, until: until)
    }

    private static func readRetention(_ state: inout S3, _ call: FakeCall) throws(WireError) -> Outcome {
        guard let retention = try lockedObject(state, call).retention else {
            throw call.refusal("NoSuchObjectLockConfiguration")
        }
        return .output([
            "Retention": ["Mode": .string(retention.mode.rawValue), "RetainUntilDate": .timestamp(retention.until)]
        ])
    }

    private static func putHold(_ state: inout S3, _ call: FakeCall) throws(WireError) -> Outcome {
        guard let status = call.members.fields("LegalHold")["Status"]?.string else { throw call.malformedXML() }
        try state.onObject(of: call) { (content, bucket) throws(WireError) in
            try checkLock(of: bucket, call)
            content.legalHold = status == "ON"
        }
        return .output([:])
    }

    private static func readHold(_ state: inout S3, _ call: FakeCall) throws(WireError) -> Outcome {
        guard let isHeld = try lockedObject(state, call).legalHold else {
            throw call.refusal("NoSuchObjectLockConfiguration")
        }
        return .output(["LegalHold": ["Status": isHeld ? "ON" : "OFF"]])
    }

    private static func lockedObject(_ state: S3, _ call: FakeCall) throws(WireError) -> ObjectContent {
        let bucket = try state.bucket(of: call)
        let found = try bucket.object(
            try call.objectKey(), version: call.members.optionalText("VersionId"), call, isRead: false)
        try checkLock(of: bucket, call)
        return found.content
    }

    private static func checkLock(of bucket: Bucket, _ call: FakeCall) throws(WireError) {
        guard bucket.objectLock != nil else {
            throw call.invalidRequest("Bucket is missing Object Lock Configuration")
        }
    }
}
