// SPDX-License-Identifier: Apache-2.0

import AwryModel

/// A request whose service and operation are known.
public struct IdentifiedCall: Sendable {
    /// The service that is meant.
    public var service: Service
    /// The operation that is meant.
    public var operation: AwryModel.Operation
    /// How the request speaks, and so how it is answered.
    public var dialect: Dialect
    /// Who calls.
    public var credential: Credential
    /// The variables of the URI template with their values, percent-decoded, in the template's order.
    public var labels: [(name: String, value: String)]
    /// The scope's region, else the host's, else `us-east-1`.
    public var region: String
    /// Whether the request said `x-amzn-query-mode: true`.
    public var wantsQueryErrors: Bool
    /// The bucket that the host name carries (S3's virtual-host addressing).
    public var hostBucket: String?
    /// Why this service, where two could be meant.
    public var note: String?

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
