// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// A managed policy and its versions, oldest first.
struct ManagedPolicy: IAMNoun {
    static var store: WritableKeyPath<IAMAccount, [String: ManagedPolicy]> { \.policies }
    static let member = "PolicyArn"
    static let resource = "policy"
    static func missing(_ name: String) -> String { "Policy \(name) was not found." }
    static func key(_ name: String) -> String { name }

    struct Version: Sendable {
        let number: Int
        let document: String
        let created: Timestamp

        var id: String { "v\(number)" }
    }

    var entity: IAMEntity
    let arn: String
    var description: String?
    var versions: [Version]
    /// The number of the version that holds.
    var current: Int
    var updated: Timestamp

    init(_ entity: IAMEntity, arn: String, description: String?, document: String) {
        self.entity = entity
        self.arn = arn
        self.description = description
        versions = [Version(number: 1, document: document, created: entity.created)]
        current = 1
        updated = entity.created
    }

    /// What holds now.
    var document: String { versions.first { $0.number == current }?.document ?? "" }
    var isOfAWS: Bool { arn.hasPrefix("arn:aws:iam::aws:") }

    /// The highest number that any version ever had.
    private(set) var highest = 1

    /// Adds a version.
    mutating func add(_ document: String, isCurrent: Bool, now: Timestamp) -> Version {
        highest += 1
        let version = Version(number: highest, document: document, created: now)
        versions.append(version)
        updated = now
        if isCurrent { current = highest }
        return version
    }
}
