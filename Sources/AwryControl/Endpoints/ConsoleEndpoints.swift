// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension ControlInterface {
    /// The console, at the interface's root.
    static var consoleEndpoints: [Endpoint] {
        [
            Endpoint("GET", "") { _, _ in
                let nonce = UUIDText.version4(UInt64.random(in: 0 ... .max), UInt64.random(in: 0 ... .max))
                let page = Array(ConsolePage.html(nonce: nonce).utf8)
                var answer = ControlAnswer(status: 200, contentType: "text/html; charset=utf-8", body: page)
                answer.headers = [
                    Header("Content-Security-Policy", ConsolePage.policy(nonce: nonce)),
                    Header("X-Content-Type-Options", "nosniff"), Header("Referrer-Policy", "no-referrer"),
                ]
                return answer
            }
        ]
    }
}
