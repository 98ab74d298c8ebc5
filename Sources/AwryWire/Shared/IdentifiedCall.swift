// SPDX-License-Identifier: Apache-2.0

import AwryModel

/// A request whose service and operation are known.
///
/// An object, because it is handed on more often than it is made, and a copy would count a dozen references.
public final class IdentifiedCall: Sendable {
    /// The service that is meant.
    public let service: Service
    /// The operation that is meant.
    public let operation: AwryModel.Operation
    /// How the request speaks, and so how it is answered.
    public let dialect: Dialect
    /// Who calls.
    public let credential: Credential
    /// The variables of the URI template with their values, percent-decoded, in the template's order.
    public let labels: [(name: String, value: String)]
    /// The scope's region, else the host's, else `us-east-1`.
    public let region: String
    /// Whether the request said `x-amzn-query-mode: true`.
    public let wantsQueryErrors: Bool
    /// The bucket that the host name carries (S3's virtual-host addressing).
    public let hostBucket: String?
    /// Why this service, where two could be meant.
    public let note: String?

    /// A call of these parts.
    public init(
        service: Service, operation: AwryModel.Operation, dialect: Dialect, credential: Credential = Credential(),
        labels: [(name: String, value: String)] = [], region: String = "us-east-1", wantsQueryErrors: Bool = false,
        hostBucket: String? = nil, note: String? = nil
    ) {
        self.service = service
        self.operation = operation
        self.dialect = dialect
        self.credential = credential
        self.labels = labels
        self.region = region
        self.wantsQueryErrors = wantsQueryErrors
        self.hostBucket = hostBucket
        self.note = note
    }
}
