// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryScenario

extension ControlInterface {
    /// `explain`: why each rule did or did not take a request; the last one, unless `request=` names another.
    static var explainEndpoints: [Endpoint] {
        [
            Endpoint("GET", "explain") { (request, server) throws(ControlError) in
                var filter = JournalFilter()
                filter.id = request.parameter("request")
                let sandboxes = server.sandboxes(request.sandbox)
                let found = sandboxes.compactMap { sandbox in
                    sandbox.journal.entries(filter).last.map { (entry: $0, sandbox: sandbox) }
                }
                guard let (entry, sandbox) = found.max(by: { $0.entry.arrived < $1.entry.arrived }) else {
                    let what = filter.id.map { "no request `\($0)`" } ?? "no request"
                    throw ControlError(404, "\(what) in the journal of sandbox `\(request.sandbox)`")
                }
                return .json([
                    "request": entry.value, "authorization": .list(entry.decisions.map(\.value)),
                    "rules": .list(sandbox.engine.explain(entry).map(\.value)),
                ])
            }
        ]
    }
}
