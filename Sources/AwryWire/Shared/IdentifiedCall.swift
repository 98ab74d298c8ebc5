// SPDX-License-Identifier: Apache-2.0

import AwryModel

/// A request whose service and operation are known.
///
/// An object, because it is handed on more often than it is made, and a copy would count a dozen references.
public final class IdentifiedCall: Sendable {
    /// One operation that a request may call.
    public struct Choice: Sendable {
        /// Its service.
        public let service: Service
        /// The operation.
        public let operation: AwryModel.Operation
        /// How the request speaks, if it is this one.
        public let dialect: Dialect
        /// The variables of the URI template with their values, percent-decoded, in the template's order.
        public let labels: [(name: String, value: String)]

        /// A choice of these parts.
        public init(
            service: Service, operation: AwryModel.Operation, dialect: Dialect,
            labels: [(name: String, value: String)] = []
        ) {
            self.service = service
            self.operation = operation
            self.dialect = dialect
            self.labels = labels
        }
    }

    /// What is meant.
    private let choice: Choice
    /// Who calls.
    public let credential: Credential
    /// The scope's region, else the host's, else `us-east-1`.
    public let region: String
    /// Whether the request said `x-amzn-query-mode: true`.
    public let wantsQueryErrors: Bool
    /// The bucket that the host name carries (S3's virtual-host addressing).
    public let hostBucket: String?
    /// The region that S3's own part of the host name carries (`s3.eu-west-1.amazonaws.com`).
    public let hostRegion: String?
    /// Whether it is a browser's upload: the input stands in a form (POST Object).
    public let isFormUpload: Bool
    /// Whether it is a GET whose query was sent as a form, in the body of a POST.
    public let isFormForQuery: Bool
    /// What the request could be as well, by all that it carries; empty for nearly every request.
    public let others: [Choice]
    /// For people: why this operation, where others could be meant.
    public let note: String?

    /// The service that is meant.
    public var service: Service { choice.service }
    /// The operation that is meant.
    public var operation: AwryModel.Operation { choice.operation }
    /// How the request speaks, and so how it is answered.
    public var dialect: Dialect { choice.dialect }
    /// The variables of the URI template with their values, percent-decoded, in the template's order.
    public var labels: [(name: String, value: String)] { choice.labels }

    /// A call of these parts.
    public init(
        _ choice: Choice, credential: Credential = Credential(), region: String = "us-east-1",
        wantsQueryErrors: Bool = false, hostBucket: String? = nil, hostRegion: String? = nil,
        isFormForQuery: Bool = false, isFormUpload: Bool = false, others: [Choice] = [], note: String? = nil
    ) {
        self.choice = choice
        self.credential = credential
        self.region = region
        self.wantsQueryErrors = wantsQueryErrors
        self.hostBucket = hostBucket
        self.hostRegion = hostRegion
        self.isFormForQuery = isFormForQuery
        self.isFormUpload = isFormUpload
        self.others = others
        self.note = note
    }

    /// A call of an operation, by one who is not known.
    public convenience init(
        service: Service, operation: AwryModel.Operation, dialect: Dialect,
        labels: [(name: String, value: String)] = []
    ) {
        self.init(Choice(service: service, operation: operation, dialect: dialect, labels: labels))
    }

    /// This call; or, of the operations that the request could be as well, the one that `rank` puts above it: how much
    /// the sandbox's rules say of an operation.
    public func preferring(_ rank: (Service, AwryModel.Operation) -> Int) -> IdentifiedCall {
        guard !others.isEmpty else { return self }
        let choices = [choice] + others
        let ranks = choices.map { rank($0.service, $0.operation) }
        // Of equals the first stays: `max` would give the last.
        guard let best = ranks.max(), best > 0, let index = ranks.firstIndex(of: best) else { return self }
        let rest = choices.indices.filter { $0 != index }.map { choices[$0] }
        let name = choices[index].service.name
        return IdentifiedCall(
            choices[index], credential: credential, region: region, wantsQueryErrors: wantsQueryErrors,
            hostBucket: hostBucket, hostRegion: hostRegion, isFormForQuery: isFormForQuery, others: rest,
            note: Ambiguity.note("a rule names \(name)", others: rest))
    }
}
