// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

/// An error of one operation, ready but for the request's own names.
public struct ErrorBlueprint: Sendable {
    /// All that is the same for every request.
    public var error: WireError
    /// Messages that name what the request named. The first whose references all lead somewhere is sent, else the
    /// last; none leaves the error's own.
    public var messages: [Template]
    /// Members that the error usually has. Of these, one whose references lead nowhere is left out.
    public var usual: [(name: String, value: TemplatedValue)]
    /// Members that the rule sets, over all others.
    public var fields: [(name: String, value: TemplatedValue)]
    /// The error's shape, if the service models it: the types of its members.
    public var shape: Shape?

    /// A blueprint; without messages and fields it is the error itself.
    public init(
        error: WireError, messages: [Template] = [], usual: [(name: String, value: TemplatedValue)] = [],
        fields: [(name: String, value: TemplatedValue)] = [], shape: Shape? = nil
    ) {
        self.error = error
        self.messages = messages
        self.usual = usual
        self.fields = fields
        self.shape = shape
    }

    /// The error, if nothing in it depends on the request.
    var constant: WireError? {
        var error = error
        if let message = messages.first {
            guard let text = message.literal else { return nil }
            error.message = text
        }
        for field in usual + fields {
            guard let value = field.value.constant else { return nil }
            error.fields[field.name] = value
        }
        return error
    }

    /// The error for one request.
    func expanded(_ context: TemplateContext) -> WireError {
        var error = error
        if !messages.isEmpty { error.message = message(context) }
        for field in usual where field.value.isComplete(in: context) { set(field, on: &error, context) }
        for field in fields { set(field, on: &error, context) }
        return error
    }

    private func message(_ context: TemplateContext) -> String? {
        for message in messages {
            if let text = message.completed(context) { return text }
        }
        return messages.last?.expanded(context)
    }

    /// Whether a reference in it begins with this word.
    func refers(to root: String) -> Bool {
        messages.contains { $0.refers(to: root) } || (usual + fields).contains { $0.value.refers(to: root) }
    }

    private func set(
        _ field: (name: String, value: TemplatedValue), on error: inout WireError, _ context: TemplateContext
    ) {
        error.fields[field.name] = field.value.expanded(
            context, as: shape?.member(field.name)?.shape, in: context.facts.service)
    }
}

/// Turns `error:` into an operation's error. Asked once for each rule and operation.
public protocol ErrorResolving: Sendable {
    /// The error that a rule means for an operation; nil where the operation knows none by that name.
    func blueprint(for spec: ErrorSpec, service: Service, operation: Operation) -> ErrorBlueprint?
}
