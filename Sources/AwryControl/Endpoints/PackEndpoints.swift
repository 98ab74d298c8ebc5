// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension ControlInterface {
    /// `packs`: the ready scenarios, to be read and loaded.
    static var packEndpoints: [Endpoint] {
        [
            Endpoint("GET", "packs") { _, server in
                .json(["packs": .list(server.packs.map { .string($0) })])
            },
            Endpoint("GET", "packs/*") { (request, server) throws(ControlError) in
                let name = request.segments[1]
                guard server.packs.contains(name), let text = server.pack(name) else {
                    throw ControlError(404, "no pack `\(name)`\(Nearest.question(for: name, among: server.packs))")
                }
                return ControlAnswer(status: 200, contentType: "application/yaml", body: text)
            },
        ]
    }
}
