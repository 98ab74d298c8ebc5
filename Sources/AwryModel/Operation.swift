// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// One operation of a service.
public final class Operation: Sendable {
    /// The name that requests and scenario files use: `DescribeStream`.
    public let name: String
    /// Everything else about it.
    public let traits: OperationTraits
    /// The input's structure; nil where the operation takes none.
    public let input: ShapeID?
    /// The output's structure; nil where the operation gives none.
    public let output: ShapeID?
    /// The errors that it models, in the model's order, each once.
    public let errors: [ShapeID]
    /// What `Service.batch` found.
    let batch = AtomicLazyReference<BatchFinding>()

    /// An operation of these parts.
    public init(name: String, traits: OperationTraits, input: ShapeID?, output: ShapeID?, errors: [ShapeID]) {
        self.name = name
        self.traits = traits
        self.input = input
        self.output = output
        self.errors = errors
    }
}

/// How an operation is called and answered.
public struct OperationTraits: Sendable, Hashable {
    /// The HTTP method: `POST`.
    public var method: String
    /// The URI template: `/{Bucket}/{Key+}?tagging`.
    public var uri: String
    /// The status of a success; 200 unless modelled.
    public var responseCode: Int
    /// The prefix that the client puts before the host (`{AccountId}.`), from `endpoint.hostPrefix`.
    public var hostPrefix: String?
    /// The name of the element around a query protocol's result.
    public var resultWrapper: String?
    /// rest-xml: the root element of the request's body, where the input as a whole is the body.
    public var inputElement: String?
    /// rest-xml: the name space of that element.
    public var inputNamespace: String?
    /// Whether requests go unsigned (`authtype: none`, `smithy.api#noAuth`).
    public var isUnsigned: Bool
    /// Whether a checksum (or Content-MD5) must come with the request.
    public var requiresChecksum: Bool
    /// The input member that names the checksum's algorithm.
    public var checksumAlgorithmMember: String?
    /// The input member that asks for the stored checksum to come with the answer.
    public var checksumModeMember: String?
    /// Whether the model calls it read-only.
    public var isReadOnly: Bool
    /// Whether the model calls it idempotent.
    public var isIdempotent: Bool

    /// Traits of an operation; what is not given is the common case.
    public init(
        method: String = "POST", uri: String = "/", responseCode: Int = 200, hostPrefix: String? = nil,
        resultWrapper: String? = nil, inputElement: String? = nil, inputNamespace: String? = nil,
        isUnsigned: Bool = false, requiresChecksum: Bool = false, checksumAlgorithmMember: String? = nil,
        isReadOnly: Bool = false, isIdempotent: Bool = false, checksumModeMember: String? = nil
    ) {
        self.method = method
        self.uri = uri
        self.responseCode = responseCode
        self.hostPrefix = hostPrefix
        self.resultWrapper = resultWrapper
        self.inputElement = inputElement
        self.inputNamespace = inputNamespace
        self.isUnsigned = isUnsigned
        self.requiresChecksum = requiresChecksum
        self.checksumAlgorithmMember = checksumAlgorithmMember
        self.checksumModeMember = checksumModeMember
        self.isReadOnly = isReadOnly
        self.isIdempotent = isIdempotent
    }
}
