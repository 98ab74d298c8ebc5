// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

/// `events:` made ready for one operation.
struct PreparedBreak: Sendable {
    private let after: Int
    private let error: ErrorBlueprint
    private let output: TemplatedValue?
    private let shape: ShapeID?

    /// Nil where the operation has no stream to break, or knows no such error.
    init?(_ spec: EventsSpec, service: Service, operation: Operation, errors: any ErrorResolving) {
        guard service.eventStream(of: operation) != nil,
            let error = errors.blueprint(for: spec.error, service: service, operation: operation)
        else { return nil }
        after = spec.after
        self.error = error
        output = spec.output
        shape = operation.output
    }

    /// The break, if nothing in it depends on the request.
    var constant: StreamBreak? {
        guard let error = error.constant else { return nil }
        guard let output else { return StreamBreak(after: after, error: error) }
        return output.constant.map { StreamBreak(after: after, error: error, output: $0.fields ?? Fields()) }
    }

    /// The break of one request's stream.
    func expanded(_ context: TemplateContext) -> StreamBreak {
        let output = output?.expanded(context, as: shape, in: context.facts.service)
        return StreamBreak(
            after: after, error: error.expanded(context), output: output.map { $0.fields ?? Fields() })
    }

    /// Whether a reference in it begins with this word.
    func refers(to root: String) -> Bool {
        error.refers(to: root) || output?.refers(to: root) ?? false
    }
}
