// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// An error by name, as one operation of one service sends it: what `error: Code` in a scenario means there.
///
/// Its texts are templates of the scenario language (`${params.StreamName}`, `${account}`), to be filled in for each
/// request.
public struct KnownError: Sendable {
    /// The code as clients of this service see it: the query code where the service has one, else the shape's name.
    public var code: String
    /// The shape's name, as JSON's `__type` carries it; the code where the service models none.
    public var shape: String
    /// What stands before `#` in `__type`, where the service writes one.
    public var namespace: String?
    /// The HTTP status on the wire.
    public var status: Int
    /// Whose fault it is.
    public var fault: Fault
    /// Whether SDKs try again.
    public var retry: Retry
    /// AWS's usual texts, the one that says most first. A later one serves where the request lacks what an earlier one
    /// names; the last names nothing of the request. Never empty.
    public var messages: [String]
    /// Members and elements beside the message; texts in it are templates.
    public var fields: Fields
    /// The names that `fields` of a scenario may set: the shape's members and the elements known beside them.
    public var memberNames: [String]
    /// Headers beside the protocol's own.
    public var headers: [Header]
    /// Who knows it.
    public var origin: Origin
    /// Its shape, where the service models it.
    public var shapeRef: Shape?

    /// Who knows an error.
    public enum Origin: String, Sendable, Hashable {
        /// The operation's own model.
        case operation
        /// The service's model, for other operations.
        case service
        /// The service, outside its model.
        case wellKnown
        /// Every AWS service.
        case common
        /// Whoever wrote it: sent as written.
        case verbatim
    }

    /// Whether botocore's standard mode tries again, and if so, as what.
    public enum Retry: String, Sendable, Hashable {
        case no
        case transient
        case throttle
    }

    /// AWS's usual text.
    public var message: String { messages.first ?? "" }

    /// The error for the wire, its templates not filled in yet: those of `message` and `fields` unless others are
    /// given.
    ///
    /// `fields` are set over the usual ones. A status given without a fault keeps the error's own fault.
    public func wireError(
        message: String? = nil, status: Int? = nil, fault: Fault? = nil, fields others: Fields = [:]
    ) -> WireError {
        var all = fields
        for field in others { all[field.name] = field.value }
        return WireError(
            code, shape: shape, namespace: namespace, status: status ?? self.status, fault: fault ?? self.fault,
            message: message ?? self.message, fields: all, headers: headers)
    }
}
