// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

/// An error of one operation, ready but for the request's own names.
public struct ErrorBlueprint: Sendable {
    /// All that is the same for every request.
    public var error: WireError
    /// The message, where it names what the request named; nil leaves the error's own.
    public var message: Template?
    /// Members to be filled in, over the error's own.
    public var fields: [(name: String, value: TemplatedValue)]
    /// The error's shape, if the service models it: the types of its members.
    public var shape: Shape?

    /// A blueprint; without message and fields it is the error itself.
    public init(
        error: WireError, message: Template? = nil, fields: [(name: String, value: TemplatedValue)] = [],
        shape: Shape? = nil
    ) {
        self.error = error
        self.message = message
        self.fields = fields
        self.shape = shape
    }

    /// The error, if nothing in it depends on the request.
    var constant: WireError? {
        var error = error
        if let message {
            guard let text = message.literal else { return nil }
            error.message = text
        }
        for field in fields {
            guard let value = field.value.constant else { return nil }
            error.fields[field.name] = value
        }
        return error
    }

    /// The error for one request.
    func expanded(_ context: TemplateContext) -> WireError {
        var error = error
        if let message { error.message = message.expanded(context) }
        for field in fields {
            error.fields[field.name] = field.value.expanded(
                context, as: shape?.member(field.name)?.shape, in: context.facts.service)
        }
        return error
    }

    /// Whether a reference in it begins with this word.
    func refers(to root: String) -> Bool {
        message?.refers(to: root) ?? false || fields.contains { $0.value.refers(to: root) }
    }
}

/// Turns `error:` into an operation's error. Asked once for each rule and operation.
public protocol ErrorResolving: Sendable {
    /// The error that a rule means for an operation; nil where the operation knows none by that name.
    func blueprint(for spec: ErrorSpec, service: Service, operation: Operation) -> ErrorBlueprint?
}

/// Knows what the service models, and nothing else.
public struct ModelledErrors: ErrorResolving {
    /// The errors of the models alone.
    public init() {}

    /// The service's modelled error of that name or code; one of any name where the rule gives a status.
    public func blueprint(for spec: ErrorSpec, service: Service, operation: Operation) -> ErrorBlueprint? {
        let name = spec.code ?? (spec.isThrottle ? "ThrottlingException" : nil)
        guard let name else { return nil }
        let shape = service.error(name)
        guard let status = spec.status ?? shape?.error?.status ?? (spec.isThrottle ? 400 : nil) else { return nil }
        let error = WireError(
            spec.isVerbatim ? name : shape?.error?.code ?? shape?.name ?? name,
            shape: spec.isVerbatim ? name : shape?.name ?? name,
            status: status, fault: spec.fault ?? shape?.error?.fault)
        return ErrorBlueprint(error: error, message: spec.message, fields: spec.fields, shape: shape)
    }
}
