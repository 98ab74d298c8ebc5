// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

extension ScenarioDecoder {
    /// What `connection:` and `lost:` may hold: a fault's name, or `{ fault, after }`.
    func connection(_ node: Node, called key: String, _ scope: TemplateScope) -> ConnectionFault? {
        var named = node
        var after: Node.Entry?
        if node.entries != nil {
            guard let section = open(node, Keys.connection), let fault = section["fault"] else { return nil }
            named = fault.value
            after = section["after"]
        }
        let names = FaultKind.all.map(\.name)
        guard let name = choice(named, names, called: "`\(key)`"), let kind = FaultKind.named(name) else {
            return nil
        }
        let count = after.flatMap { integer($0, 0...Keys.mostBodyBytes) }
        if let after, let other = kind.withBody {
            report.mistake(
                after.keyLocation,
                "`after` counts bytes of the body, of which `\(name)` sends none; did you mean `\(other)`?")
        }
        if let format = kind.format { check(format, of: kind, named.location, scope) }
        return ConnectionFault(kind, after: count)
    }

    /// A body in a format that no operation answers in is doubtful, since no client of theirs would look at it.
    private func check(
        _ format: FaultKind.Format, of kind: FaultKind, _ location: SourceLocation, _ scope: TemplateScope
    ) {
        guard case .request(let reach) = scope, reach.isComplete, !reach.targets.isEmpty else { return }
        guard !reach.targets.contains(where: { $0.service.metadata.answers(in: format) }) else { return }
        let other = FaultKind.all.first { $0.format != nil && $0 != kind }
        let advice = other.map { "; did you mean `\($0.name)`?" } ?? ""
        let names = Words.list(Set(reach.targets.map(\.service.name)).sorted(), last: "and", atMost: 4)
        report.warning(location, "\(names) answers in another format than \(format.rawValue)\(advice)")
    }
}

extension ServiceMetadata {
    /// Whether the service's usual answers are in that format.
    fileprivate func answers(in format: FaultKind.Format) -> Bool {
        protocols.contains { name in
            switch name {
            case .restXML, .query, .ec2: format == .xml
            case .json, .restJSON: format == .json
            case .cbor: false
            }
        }
    }
}
