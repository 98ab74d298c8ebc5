// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// How an operation takes many entries at once and says which of them failed. Found in the model by `BatchFinder`.
public struct BatchShape: Sendable {
    /// Where the entries stand in the input.
    public enum Entries: Sendable, Hashable {
        /// In a list, by the names of the members that lead to it: `Records`, `Delete.Objects`.
        case list([String])
        /// In the lists of a map: `RequestItems`. `inner` is the list's name where the map's values are structures.
        case map(String, inner: String?)
    }

    /// In which way the output says what failed.
    public enum Form: Sendable {
        /// Every entry has its place in this list; one that failed has an error there.
        case places(list: String, BatchFailure)
        /// A list of those that failed.
        case failures(list: String, BatchFailure)
        /// A map of those that failed, by the entry's text.
        case map(String, BatchFailure)
        /// The entries are given back as they came.
        case unprocessed(String)
    }

    /// Where the entries stand.
    public let entries: Entries
    /// The type of an entry.
    public let element: ShapeID
    /// How failures are told.
    public let form: Form
    /// The output member that counts failures: `FailedRecordCount`.
    public let count: String?
    /// The output's list of entries that succeeded: `Successful`.
    public let successes: String?

    /// The output member that tells of failures.
    public var failureMember: String {
        switch form {
        case .places(let name, _), .failures(let name, _), .map(let name, _), .unprocessed(let name): name
        }
    }

    /// How one failure is written; nil where the entry itself is given back, without any error.
    public var failure: BatchFailure? {
        switch form {
        case .places(_, let failure), .failures(_, let failure), .map(_, let failure): failure
        case .unprocessed: nil
        }
    }
}

/// How an operation writes one entry's failure.
public struct BatchFailure: Sendable {
    /// The structure of it.
    public let element: ShapeID
    /// The members that lead to the code: `ErrorCode`, or `Error`, `Code`.
    public let code: [String]?
    /// The members that lead to the message.
    public let message: [String]?
    /// The member that says whose fault it is: SQS's `SenderFault`.
    public let senderFault: String?
    /// The members that tell which entry it was.
    public let identity: [(member: String, source: Source)]

    /// What a member that tells the entry holds.
    public enum Source: Sendable, Hashable {
        /// The entry itself.
        case entry
        /// One of its members.
        case member(String)
        /// Its members of the same names.
        case likeNamed
        /// Its place in the list, from 0.
        case position
    }
}

/// What was found, or that nothing was: worked out once for an operation.
final class BatchFinding: Sendable {
    let shape: BatchShape?

    init(_ shape: BatchShape?) {
        self.shape = shape
    }
}

extension Service {
    /// How an operation says which of its entries failed; nil for one that takes no batch. Worked out at its first use:
    /// at decoding it would cost every service's start what few calls need.
    public func batch(of operation: Operation) -> BatchShape? {
        if let known = operation.batch.load() { return known.shape }
        return operation.batch.storeIfNil(BatchFinding(BatchFinder(self, operation).find())).shape
    }
}
