// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

/// Errors by name as AWS means them: status, spelling, usual text and members from the directory of errors.
public struct DirectoryErrors: ErrorResolving {
    /// The directory that is built into the program.
    public init() {}

    /// The directory's error with what the rule says otherwise. A code that nothing knows is sent as written if the
    /// rule gives a status; a status for which there is no one usual error gives none.
    public func blueprint(for spec: ErrorSpec, service: Service, operation: Operation) -> ErrorBlueprint? {
        guard let known = known(spec, service: service, operation: operation) else { return nil }
        var blueprint = DirectoryErrors.blueprint(of: known)
        if spec.code != nil, let status = spec.status { blueprint.error.status = status }
        if let fault = spec.fault { blueprint.error.fault = fault }
        if let message = spec.message { blueprint.messages = [message] }
        blueprint.fields = spec.fields
        return blueprint
    }

    /// The throttle of a request's operation, its text naming what the request names.
    public func throttle(_ facts: RequestFacts) -> WireError {
        let known = ErrorDirectory.throttle(operation: facts.operation, service: facts.service)
        return DirectoryErrors.blueprint(of: known).expanded(
            TemplateContext(facts: facts, position: 1, attempt: nil, names: Fields()))
    }

    /// An error as the directory has it.
    private static func blueprint(of known: KnownError) -> ErrorBlueprint {
        var error = known.wireError()
        error.fields = Fields()
        return ErrorBlueprint(
            error: error, messages: known.messages.map(template),
            usual: known.fields.map { ($0.name, templated($0.value)) }, shape: known.shapeRef)
    }

    private func known(_ spec: ErrorSpec, service: Service, operation: Operation) -> KnownError? {
        if spec.isThrottle {
            var known = ErrorDirectory.throttle(operation: operation, service: service)
            if let status = spec.status { known.status = status }
            return known
        }
        guard let code = spec.code else {
            guard let status = spec.status,
                case .one(let known) = ErrorDirectory.resolve(status: status, operation: operation, service: service)
            else { return nil }
            return known
        }
        if !spec.isVerbatim, let known = ErrorDirectory.resolve(code, operation: operation, service: service) {
            return known
        }
        guard spec.isVerbatim || spec.status != nil else { return nil }
        return ErrorDirectory.verbatim(code, status: spec.status, operation: operation, service: service)
    }

    /// A text of the directory; one that is no template, which a test of the directory rules out, is taken literally.
    private static func template(_ text: String) -> Template {
        (try? Template.parse(text)) ?? .literal(text)
    }

    private static func templated(_ value: Value) -> TemplatedValue {
        switch value {
        case .string(let text):
            let template = template(text)
            return template.literal.map { .plain(.string($0)) } ?? .text(template)
        case .list(let elements): return .list(elements.map(templated))
        case .structure(let fields): return .structure(fields.map { ($0.name, templated($0.value)) })
        default: return .plain(value)
        }
    }
}
