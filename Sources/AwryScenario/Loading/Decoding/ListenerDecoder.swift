// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension ScenarioDecoder {
    /// `listeners:`, those that could be read.
    func listeners(_ node: Node) -> [ListenerSpec] {
        guard let elements = list(node, "a list of listeners, each { port, fault }") else { return [] }
        var specs: [ListenerSpec] = []
        for element in elements where !report.isFull {
            guard let spec = listener(element) else { continue }
            if let other = specs.first(where: { $0.port == spec.port }) {
                report.mistake(
                    spec.location, "two listeners have port \(spec.port); the first is on line \(other.location.line)")
            }
            specs.append(spec)
        }
        return specs
    }

    private func listener(_ node: Node) -> ListenerSpec? {
        guard let section = open(node, Keys.listener) else { return nil }
        let port = section["port"].flatMap { integer($0, 1...65_535) }
        let fault = section["fault"].flatMap {
            choice($0.value, ListenerFault.allCases.map(\.rawValue), called: "`fault`").flatMap(ListenerFault.init)
        }
        let after = section["after"].flatMap { duration($0.value) } ?? .zero
        let until = section["until"].flatMap { duration($0.value) }
        if let until, until <= after, let entry = section["until"] {
            report.warning(entry.value.location, "this listener never fails: its window ends before it begins")
        }
        guard let port, let fault else { return nil }
        return ListenerSpec(
            port: UInt16(port), fault: fault, after: after, until: until,
            location: section["port"]?.value.location ?? node.location)
    }
}
