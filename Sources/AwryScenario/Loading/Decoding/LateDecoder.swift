// SPDX-License-Identifier: Apache-2.0

import AwryModel

extension ScenarioDecoder {
    /// `late: { error: … }`, for the operations whose 200 may hold an error.
    func late(_ node: Node, _ scope: TemplateScope) -> ErrorSpec? {
        guard let section = open(node, Keys.late), let error = section["error"] else { return nil }
        let possible = Words.list(LateErrors.operations.map { "s3.\($0)" }, last: "and")
        let narrow = narrowed(
            scope, to: "late", node.location, lack: "send 200 before failing", advice: "only \(possible) do that"
        ) { LateErrors.isPossible(for: $0.operation, of: $0.service) }
        return narrow.flatMap { self.error(error.value, $0) }
    }

    /// `lost: { error: … }`, or a connection fault as `connection:` has it.
    func lost(_ node: Node, _ scope: TemplateScope) -> Outcome? {
        if node.scalar != nil || node.value("fault") != nil {
            return connection(node, called: "lost", scope).map { .lostTo($0) }
        }
        guard let section = open(node, Keys.lost), let error = section["error"] else { return nil }
        return self.error(error.value, scope).map { .lost($0) }
    }

    /// The scope without the operations to which an outcome does not apply; `lack` says what they do not do. That none
    /// is left is a mistake, that some go a warning.
    func narrowed(
        _ scope: TemplateScope, to outcome: String, _ location: SourceLocation, lack: String, advice: String,
        _ applies: (Reach.Target) -> Bool
    ) -> TemplateScope? {
        guard case .request(var reach) = scope, !reach.targets.isEmpty else { return scope }
        let without = reach.targets.filter { !applies($0) }
        guard let first = without.first else { return scope }
        if without.count < reach.targets.count {
            if reach.isComplete {
                let names = Words.list(without.map(\.name), last: "and", atMost: 3)
                let verb = without.count == 1 ? "does" : "do"
                report.warning(
                    location, "\(names) \(verb) not \(lack), and this rule passes over such requests; \(advice)")
            }
        } else if !reach.searchFurther(in: catalogue, applies) {
            let subject = without.count == 1 ? "\(first.name) does" : "the operations here do"
            report.mistake(location, "\(subject) not \(lack); \(advice)")
            return nil
        }
        reach.targets.removeAll { !applies($0) }
        reach.key += "\n#\(outcome)"
        return .request(reach)
    }
}
