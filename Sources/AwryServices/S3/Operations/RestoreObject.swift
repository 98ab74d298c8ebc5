// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension S3 {
    static var restoreObject: Handler? { restore }

    private static func restore(_ state: inout S3, _ call: FakeCall) throws(WireError) -> Outcome {
        let request = call.members.fields("RestoreRequest")
        var isHeld = false
        try state.onObject(of: call, .restorePosted) { (content, _) throws(WireError) in
            // Its objects never reach the tiers that are archives here.
            if content.storageClass == "INTELLIGENT_TIERING" { throw call.refusal("ObjectAlreadyInActiveTierError") }
            guard StorageClass.archives.contains(content.storageClass) else {
                throw call.refusal(
                    "InvalidObjectState", ["StorageClass": .string(content.storageClass)],
                    message: "Restore is not allowed for the object's current storage class")
            }
            guard let days = request["Days"]?.integer, days > 0 else { throw call.malformedXML() }
            let tier =
                request["GlacierJobParameters"]?.fields?["Tier"]?.string ?? request["Tier"]?.string ?? "Standard"
            guard let time = Restoration.time(of: content.storageClass, tier: tier) else {
                throw call.invalidArgument(
                    "Retrieval option is not supported by this storage class", "Tier", tier)
            }
            if let held = content.restoration, call.now < held.expiresAt {
                guard held.readyAt <= call.now else { throw call.refusal("RestoreAlreadyInProgress") }
                // The copy stays for so many days from now.
                content.restoration?.expiresAt = call.now.midnight(afterDays: days)
                isHeld = true
                return
            }
            let ready = call.now + time
            content.restoration = Restoration(readyAt: ready, expiresAt: ready.midnight(afterDays: days))
        }
        return isHeld ? .output([:]) : .begun([:])
    }
}

extension Restoration {
    /// How long a retrieval takes at most, by storage class and tier (Amazon S3 User Guide, "Understanding archive
    /// retrieval options"); nil where there is no such.
    private static let times: [String: [String: Duration]] = [
        "GLACIER": ["Expedited": .seconds(5 * 60), "Standard": .seconds(5 * 3600), "Bulk": .seconds(12 * 3600)],
        "DEEP_ARCHIVE": ["Standard": .seconds(12 * 3600), "Bulk": .seconds(48 * 3600)],
    ]

    static func time(of storageClass: String, tier: String) -> Duration? { times[storageClass]?[tier] }
}
