// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import AwryHTTP
import AwryScenario
import AwryTransport

/// How much of a client the server bears. Each also comes from its variable: `--max-body` from `AWRY_MAX_BODY`.
struct LimitOptions: ParsableArguments {
    @Option(help: "The most connections at once. (default: 50000)")
    var maxConnections: Int?

    @Option(help: "The largest body, in bytes. (default: 6442450944)")
    var maxBody: Int?

    @Option(help: "The largest object held in memory, in bytes; larger ones lie in $TMPDIR. (default: 1048576)")
    var maxHeldBody: Int?

    @Option(help: "The largest head of a request, in bytes. (default: 65536)")
    var maxHead: Int?

    @Option(help: "The most header fields of a request. (default: 200)")
    var maxHeaders: Int?

    @Option(help: "How long a request's head may take, such as 30s. (default: 30s)")
    var headTimeout: String?

    @Option(help: "How long may pass between two pieces of a body. (default: 60s)")
    var bodyTimeout: String?

    @Option(help: "How long a connection may rest between requests. (default: 75s)")
    var idleTimeout: String?

    @Option(help: "How long a client may leave an answer unread. (default: 60s)")
    var writeTimeout: String?

    @Option(help: "How long a stall or a blackhole keeps a client that does not go. (default: 10m)")
    var silenceLimit: String?

    /// Puts what was said into the server's options.
    func apply(to options: inout ServerOptions) throws {
        try set(&options.maxConnections, maxConnections, "max-connections")
        try set(&options.limits.bodyBytes, maxBody, "max-body")
        try set(&options.limits.heldBytes, maxHeldBody, "max-held-body")
        try set(&options.limits.headBytes, maxHead, "max-head")
        try set(&options.limits.headerCount, maxHeaders, "max-headers")
        try set(&options.headTimeout, headTimeout, "head-timeout")
        try set(&options.bodyTimeout, bodyTimeout, "body-timeout")
        try set(&options.idleTimeout, idleTimeout, "idle-timeout")
        try set(&options.writeTimeout, writeTimeout, "write-timeout")
        try set(&options.silenceLimit, silenceLimit, "silence-limit")
    }

    private func set(_ limit: inout Int, _ said: Int?, _ name: String) throws {
        guard let value = try said ?? Environment.value(variable(name), as: Int.self) else { return }
        guard value > 0 else { throw Refusal("--\(name) \(value): expected a number above 0") }
        limit = value
    }

    private func set(_ limit: inout Duration, _ said: String?, _ name: String) throws {
        guard let text = said ?? Environment.text(variable(name)) else { return }
        guard let span = SpanText.parse(text), span > .zero else {
            throw Refusal("--\(name) \(text): expected a time such as 500ms, 30s or 2m")
        }
        limit = span
    }

    private func variable(_ name: String) -> String {
        "AWRY_" + name.uppercased().split(separator: "-").joined(separator: "_")
    }
}
