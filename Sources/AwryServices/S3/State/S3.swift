// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// S3: the buckets of one sandbox. Names are shared by all its accounts and regions, as AWS shares them by the whole
/// world.
///
/// Its operations are extensions, a file each or a file for each noun, which supply the properties of `S3Operations`.
struct S3: FakeService, S3Operations {
    static let name = "s3"

    var identifiers: IdentifierSource
    /// The buckets by name. Work on one goes through `onBucket`, in place: taken out and put back, its keys would be
    /// copied.
    var buckets: [String: Bucket] = [:]
    /// What happened to objects and was not told of yet.
    var events: [S3Event] = []
    /// The day to which lifecycles and inventories were followed.
    var lifecycleDay: Int64?
    /// How many events were told of.
    var sequence: UInt64 = 0
    /// Records of access that are not delivered yet.
    var accessLogs = AccessLogs()
    /// Names of reports, which take nothing from what clients meet.
    var reportNames: IdentifierSource
    /// Whether services of AWS's need the right to do what they do.
    var judgesServices = false

    init(identifiers: IdentifierSource) {
        self.identifiers = identifiers
        reportNames = identifiers.part("reports")
    }

    mutating func advance(to now: Timestamp) {
        followDays(to: now)
        deliverLogs(to: now)
    }

    mutating func takeWakes() -> [Wake] { [] }

    var contradiction: String? {
        for bucket in buckets.values {
            if let found = bucket.contradiction { return "\(bucket.name): \(found)" }
        }
        return nil
    }
}

extension S3 {
    /// Where the bucket stands that a call names, which the caller expects to own as it says, and which is where it was
    /// asked for.
    func index(of call: FakeCall) throws(WireError) -> Dictionary<String, Bucket>.Index {
        let name = call.members.text("Bucket")
        // Not read as a member: CreateSession and RenameObject have none of that name.
        let index = try index(ofBucket: name, expecting: call.input["ExpectedBucketOwner"]?.string, call)
        if buckets.values[index].zone != nil { try DirectoryBucketOperations.check(call) }
        try buckets.values[index].checkPayer(call)
        return index
    }

    /// The same for a bucket that a call names elsewhere, as a copy does its source.
    func index(
        ofBucket name: String, expecting owner: String?, _ call: FakeCall
    ) throws(WireError) -> Dictionary<String, Bucket>.Index {
        guard let index = buckets.index(forKey: name) else {
            throw BucketName.isValid(name) ? call.noSuchBucket(name) : call.invalidBucketName(name)
        }
        let bucket = buckets.values[index]
        if let owner, owner != bucket.account { throw call.accessDenied() }
        guard bucket.region == call.place.region else { throw call.permanentRedirect(to: bucket.region, name) }
        return index
    }

    /// Works on the bucket that a call names, in place.
    mutating func onBucket<Result>(
        of call: FakeCall, _ work: (inout Bucket) throws(WireError) -> Result
    ) throws(WireError) -> Result {
        let index = try index(of: call)
        return try work(&buckets.values[index])
    }

    /// Looks at the bucket that a call names.
    func bucket(of call: FakeCall) throws(WireError) -> Bucket {
        buckets.values[try index(of: call)]
    }

    /// A version id as S3 makes them: 32 letters.
    mutating func nextVersionID() -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._".utf8)
        var letters: [UInt8] = []
        letters.reserveCapacity(32)
        for _ in 0..<4 {
            var bits = identifiers.bits()
            for _ in 0..<8 {
                letters.append(alphabet[Int(bits & 63)])
                bits >>= 8
            }
        }
        return String(decoding: letters, as: UTF8.self)
    }
}
