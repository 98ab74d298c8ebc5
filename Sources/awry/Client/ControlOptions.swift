// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import AwryCore
import AwryServer

/// Which running server a command speaks to, and which of its sandboxes is meant.
struct ControlOptions: ParsableArguments {
    @Option(
        help: """
            Where the server is. (default: AWRY_ENDPOINT, AWS_ENDPOINT_URL, what `awry start` started, \
            http://127.0.0.1:4566)
            """)
    var endpoint: String?

    @Option(help: "The sandbox; `all` means every one. (default: AWRY_SANDBOX, what the endpoint names, default)")
    var sandbox: String?

    /// Asks the server; what it refuses is a refusal here. `passing` are statuses above 299 that are answers.
    func ask(
        _ method: String, _ path: String, query: [(name: String, value: String)] = [], body: [UInt8] = [],
        passing: Set<Int> = []
    ) throws -> ControlClient.Answer {
        let client = try client()
        let sandbox = sandbox ?? Environment.text("AWRY_SANDBOX") ?? client.endpoint.sandbox ?? SandboxName.standard
        let answer = try client.ask(method, path, query: query + [("sandbox", sandbox)], body: body)
        guard answer.status >= 300, !passing.contains(answer.status) else { return answer }
        let said = answer.value.fields?["error"]?.string
        throw Refusal(said ?? "\(method) /_awry/\(path): status \(answer.status)")
    }

    private func client() throws -> ControlClient {
        let said = endpoint ?? Environment.text("AWRY_ENDPOINT") ?? Environment.text("AWS_ENDPOINT_URL")
        let text = said ?? (try? DaemonState().daemon()?.endpoint) ?? "http://127.0.0.1:4566"
        guard let endpoint = Endpoint(text) else {
            throw Refusal("\(text): expected an endpoint like http://127.0.0.1:4566")
        }
        return ControlClient(endpoint: endpoint)
    }
}
