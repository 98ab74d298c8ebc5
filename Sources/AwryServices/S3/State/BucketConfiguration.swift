// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// What can be set for a bucket and is kept as it was put: documents of which a bucket has one, and documents of which
/// it has one for each id.
struct BucketConfiguration: Sendable {
    /// A document's kind, by the word that stands for it in S3's queries (`?cors`).
    enum Kind: String, Sendable, Hashable, CaseIterable {
        case abac, accelerate, cors, encryption, lifecycle, logging, metadataConfiguration, metadataTable
        case notification, ownershipControls, policy, publicAccessBlock, replication, requestPayment, tagging, website
        // One for each id:
        case analytics, intelligentTiering, inventory, metrics
    }

    private var documents: [Kind: Fields] = [:]
    private var lists: [Kind: [String: Fields]] = [:]

    /// The one document of a kind.
    subscript(kind: Kind) -> Fields? {
        get { documents[kind] }
        set { documents[kind] = newValue }
    }

    /// The document of a kind that has this id.
    subscript(kind: Kind, id: String) -> Fields? {
        get { lists[kind]?[id] }
        set { lists[kind, default: [:]][id] = newValue }
    }

    /// The documents of a kind, in the order of their ids.
    func all(_ kind: Kind) -> [(id: String, document: Fields)] {
        (lists[kind] ?? [:]).sorted { $0.key < $1.key }.map { (id: $0.key, document: $0.value) }
    }
}
