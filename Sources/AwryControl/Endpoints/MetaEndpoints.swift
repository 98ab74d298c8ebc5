// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension ControlInterface {
    /// What is said about the server and the interface themselves: `metrics`, `openapi.json`.
    static var metaEndpoints: [Endpoint] {
        [
            Endpoint("GET", "metrics") { _, server in
                var answer = ControlAnswer.text(server.metrics)
                answer.contentType = "text/plain; version=0.0.4; charset=utf-8"
                return answer
            },
            Endpoint("GET", "openapi.json") { _, server in
                .json(OpenAPI.document(version: server.about["version"]?.string ?? ""))
            },
        ]
    }
}
