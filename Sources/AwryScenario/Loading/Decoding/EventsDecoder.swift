// SPDX-License-Identifier: Apache-2.0

import AwryModel

extension ScenarioDecoder {
    /// `events: { after: 3, error: …, respond: { … } }`, for the operations that answer with a stream of events.
    func events(_ node: Node, _ scope: TemplateScope) -> EventsSpec? {
        guard let section = open(node, Keys.events) else { return nil }
        let after = section["after"].flatMap { integer($0, 0...EventsSpec.most) } ?? 0
        let narrow = narrowed(
            scope, to: "events", node.location, lack: "answer with a stream of events", advice: streaming(scope)
        ) { $0.service.eventStream(of: $0.operation) != nil }
        guard let narrow, let error = section["error"].flatMap({ self.error($0.value, narrow) }) else { return nil }
        var spec = EventsSpec(after: after, error: error)
        if let respond = section["respond"] {
            spec.output = self.respond(respond.value, narrow)
            let count = spec.output.flatMap { Self.eventCount($0, narrow) } ?? after
            if count < after, let entry = section["after"] {
                report.warning(entry.value.location, "`respond` has fewer events than that: \(count)")
            }
        }
        return spec
    }

    /// The operations of the services at hand that do stream, else two that everyone knows.
    private func streaming(_ scope: TemplateScope) -> String {
        var names: [String] = []
        if case .request(let reach) = scope {
            var services: Set<String> = []
            for target in reach.targets where services.insert(target.service.name).inserted {
                let service = target.service
                for operation in service.operations where service.eventStream(of: operation) != nil {
                    names.append("\(service.name).\(operation.name)")
                }
            }
        }
        if names.isEmpty { names = ["kinesis.SubscribeToShard", "s3.SelectObjectContent"] }
        return "\(Words.list(names, last: "and", atMost: 4)) \(names.count == 1 ? "does" : "do")"
    }

    /// How many events a scripted output has; nil where it is not known.
    private static func eventCount(_ output: TemplatedValue, _ scope: TemplateScope) -> Int? {
        guard case .request(let reach) = scope, let target = reach.targets.first, let id = target.operation.output,
            let stream = target.service.eventStream(of: target.service[id]), case .structure(let members) = output
        else { return nil }
        switch members.first(where: { $0.name == stream.name })?.value {
        case .list(let events): return events.count
        case .structure(let events): return events.count
        default: return nil
        }
    }
}
