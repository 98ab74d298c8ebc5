// SPDX-License-Identifier: Apache-2.0

/// Whose fault an error is: the caller's (`Sender` on the wire) or the service's (`Receiver`).
public enum Fault: String, Sendable, Hashable {
    case client
    case server

    /// As the query protocols write it in `<Type>`.
    public var wireType: String { self == .client ? "Sender" : "Receiver" }
}

/// An AWS error on its way to the client: everything a protocol needs to write it, and nothing of any protocol.
///
/// The one value for an error in the whole program. Fakes throw it, rules make it, `AwryWire` alone renders it.
public struct WireError: Error, Sendable, Hashable {
    /// The code as XML and query bodies carry it, and as `x-amzn-query-error` does
    /// (`AWS.SimpleQueueService.NonExistentQueue`).
    public var code: String
    /// The shape's name as JSON's `__type` and `x-amzn-ErrorType` carry it (`QueueDoesNotExist`); often the code
    /// itself.
    public var shape: String
    /// What stands before `#` in `__type`, if the service writes one (`com.amazonaws.sqs`).
    public var namespace: String?
    /// The HTTP status, 400 to 599, or 3xx for S3's redirects.
    public var status: Int
    /// Whose fault it is.
    public var fault: Fault
    /// The message for people; nil sends an empty one where the protocol wants one.
    public var message: String?
    /// Members beside the message: JSON members, or XML elements inside `<Error>`.
    public var fields: Fields
    /// Headers beside those that the protocol sends with every error.
    public var headers: [Header]

    /// An error. `shape` is the code unless it is given, `fault` follows the status unless it is given.
    public init(
        _ code: String, shape: String? = nil, namespace: String? = nil, status: Int = 400, fault: Fault? = nil,
        message: String? = nil, fields: Fields = [:], headers: [Header] = []
    ) {
        self.code = code
        self.shape = shape ?? code
        self.namespace = namespace
        self.status = status
        self.fault = fault ?? (status >= 500 ? .server : .client)
        self.message = message
        self.fields = fields
        self.headers = headers
    }
}

/// One header field, its name in the case in which it goes out or came in.
public struct Header: Sendable, Hashable {
    /// The field's name.
    public var name: String
    /// The field's value, without white space around it.
    public var value: String

    /// A header field of this name and value.
    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}
