// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension ControlInterface {
    /// What tests ask of moto's server (moto's documentation, "Non-Python SDK's / Server Mode"), with its statuses.
    static var motoEndpoints: [Endpoint] {
        [
            Endpoint("POST", "reset") { request, server in
                server.reset([.state, .rules, .journal, .clock], sandbox: request.sandbox)
                server.compatibility.forget(request.sandbox)
                return .json(["status": "ok"])
            },
            // Instances of moto's models: there are none, because no service here keeps state.
            Endpoint("GET", "data.json") { _, _ in .json([:]) },
            Endpoint("POST", "seed") { (request, server) throws(ControlError) in
                guard let text = request.parameter("a"), let seed = Int64(text) else {
                    throw ControlError(400, "a=\(request.parameter("a") ?? ""): expected a whole number")
                }
                server.seed(UInt64(bitPattern: seed), sandbox: request.sandbox)
                return ControlAnswer(status: 200, contentType: "", body: [])
            },
            Endpoint("GET", "config") { request, server in
                .json(.structure(server.compatibility.told(request.sandbox).config), status: 201)
            },
            Endpoint("POST", "config") { (request, server) throws(ControlError) in
                let sent = try request.fields()
                server.compatibility.change(request.sandbox) { told in
                    for (name, value) in sent { told.config[name] = value }
                }
                return .json(.structure(server.compatibility.told(request.sandbox).config), status: 201)
            },
        ]
    }
}
