// SPDX-License-Identifier: Apache-2.0

/// A limit on how often AWS may be called, as AWS publishes it. A call beyond it gets the operation's own throttle.
public struct Quota: Sendable {
    /// What is counted.
    public enum Cost: Sendable, Hashable {
        /// Calls.
        case requests
        /// Records of the call, of which those that find no room fail by themselves.
        case records
        /// Bytes of the records: data and partition key.
        case recordBytes
        /// Bytes of the records in the answer; what was read too much delays the next reading.
        case answerBytes
    }

    /// What has a limit of its own, within an account and a region.
    public enum Scope: Sendable, Hashable {
        case account
        /// Whatever the first of these members names.
        case member([String])
        /// Each operation, within whatever the first of these members names.
        case operationWithin([String])
        /// A stream's shard.
        case shard
        /// A message group of a FIFO queue for high throughput.
        case group
        /// A FIFO queue for high throughput.
        case fastQueue
        /// A bucket's prefix: the key up to its last `/`.
        case prefix
    }

    /// The operations that share it.
    public enum Reach: Sendable, Hashable {
        case operations([String])
        /// All whose names begin with one of these words.
        case beginning([String])
        /// All others.
        case notBeginning([String])
        /// All whose HTTP method is one of these.
        case methods([String])
    }

    /// As scenarios call it: `kinesis.recordsPerShard`.
    public let name: String
    /// What a second allows; nil where AWS publishes no figure, so that the quota is off unless a scenario gives one.
    public let rate: Double?
    /// What a second allows in regions where that is not `rate`.
    public let regionalRates: [String: Double]
    /// What may be used at once; a second's worth, unless AWS counts over longer.
    public let burst: Double?
    /// What is counted.
    public let cost: Cost
    /// What has a limit of its own.
    public let scope: Scope
    /// Which operations share it.
    public let reach: Reach
    /// Holds only where the member of the scope ends so: `.fifo`.
    public let suffix: String?

    init(
        _ name: String, _ rate: Double?, in regions: [String: Double] = [:], burst: Double? = nil,
        _ cost: Cost = .requests, per scope: Scope = .account,
        of reach: Reach, suffix: String? = nil
    ) {
        self.name = name
        self.rate = rate
        regionalRates = regions
        self.burst = burst
        self.cost = cost
        self.scope = scope
        self.reach = reach
        self.suffix = suffix
    }

    /// botocore's name of the service.
    public var service: Substring { name.prefix { $0 != "." } }

    /// Whether its rate is one of bytes.
    public var countsBytes: Bool { cost == .recordBytes || cost == .answerBytes }

    /// Whether it limits an operation.
    public func covers(_ operation: Operation) -> Bool {
        switch reach {
        case .operations(let names): names.contains(operation.name)
        case .beginning(let words): words.contains { operation.name.hasPrefix($0) }
        case .notBeginning(let words): !words.contains { operation.name.hasPrefix($0) }
        case .methods(let methods): methods.contains(operation.traits.method)
        }
    }
}

extension Quota {
    /// Every quota there is, service by service.
    public static let all: [Quota] = kinesis + s3 + sqs + cognitoUserPools + cognitoIdentityPools + sts + iam

    /// The quota of this name.
    public static func named(_ name: String) -> Quota? {
        all.first { $0.name == name }
    }
}
