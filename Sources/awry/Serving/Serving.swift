// SPDX-License-Identifier: Apache-2.0

import AwryControl
import AwryCore
import AwryScenario
import AwryServer
import AwryTransport

/// A server that listens, and what was loaded into it.
struct Serving {
    let sandboxes: Sandboxes
    let program: Program
    let server: Server
    /// What the command line named.
    let loaded: ScenarioLoader.Loaded
    private let host: String
    private let secure: TLSOptions.Chosen?
    private let proxy: ProxyOptions.Chosen?
    private let upstream: String?
    private let recording: RecordingFolder?

    /// Loads, and listens: what is wrong is said before anything is served. `retiring` hears of each sandbox that is
    /// about to go.
    init(
        _ options: ServingOptions, host: String, port: UInt16, output: ServerOutput,
        retiring: @escaping @Sendable (Sandbox) -> Void = { _ in }
    ) throws {
        SpareMemory.keepLargeBlocksApart()
        loaded = try options.load()
        let events = EventHub()
        sandboxes = Sandboxes(
            base: loaded.scenarios, quotas: try options.quotaSelection(), limits: try options.sandboxLimits(),
            dropped: { name in
                output.say("sandboxDropped", ["sandbox": .string(name)], text: "sandbox \(name) went: too many\n")
                events.tell(.sandbox, in: name, ["change": "dropped"])
            },
            made: { name in events.tell(.sandbox, in: name, ["change": "made"]) }, retiring: retiring)
        // The first call of a kind touches much that the next ones do not.
        sandboxes.metrics.onNewKind { kinds in if kinds & (kinds - 1) == 0 { SpareMemory.letGoOfCode() } }
        program = Program(sandboxes: sandboxes, available: try options.availableScenarios(), events: events)
        self.host = host
        var pipelineOptions = try options.pipelineOptions()
        let names = Self.names(host, pipelineOptions)
        proxy = try options.proxy.choose(names: names)
        pipelineOptions.proxied = proxy?.hosts
        upstream = pipelineOptions.upstream
        recording = try options.upstream.recording()
        let pipeline = Pipeline(
            options: pipelineOptions, sandboxes: sandboxes, local: ControlInterface(program),
            log: EventLog(events: events, printed: output.calls), recorder: recording)
        var serverOptions = try options.serverOptions(host: host, port: port)
        secure = try options.tls.choose(names: names)
        serverOptions.tls = secure?.context
        serverOptions.tunnels = proxy?.certificates
        server = Server(options: serverOptions, responder: pipeline)
        let listeners = Listeners(main: server, options: serverOptions, responder: pipeline) { fault in
            try TLSOptions.failing(fault, names: names)
        }
        program.attach(listeners)
        pipeline.attach(listeners)
        do {
            try server.start()
        } catch {
            throw Refusal("\(error)")
        }
        sandboxes.serve(at: endpoint)
        do {
            try listeners.open(loaded.scenarios, sandbox: EventHub.everywhere)
        } catch {
            Terminal.err(ScenarioCheck.render(error.diagnostics))
            throw Status.refused
        }
    }

    /// To be called when the server has stopped.
    func finish() { recording?.finish() }

    /// What clients may call the server, beside this machine's own names.
    private static func names(_ host: String, _ options: PipelineOptions) -> [String] {
        let own = ["0.0.0.0", "::", "localhost", ""].contains(host) ? [] : [host]
        return own + options.domains.flatMap { [$0, "*." + $0] }
    }

    private var authority: String { "\(host.contains(":") ? "[\(host)]" : host):\(server.port)" }

    /// `http://127.0.0.1:4566`.
    var endpoint: String { "http://\(authority)" }

    /// Says where it serves what.
    func announce(to output: ServerOutput) {
        let names = loaded.scenarios.map { Value.string($0.name) }
        output.say("serving", ["endpoint": .string(endpoint), "scenarios": .list(names)], text: announcement)
    }

    private var announcement: String {
        var text = "awry \(Version.number) on \(endpoint)\n"
        if let secure { text += "  and on https://\(authority), \(secure.note)\n" }
        if let proxy { text += "  and as HTTPS_PROXY=\(endpoint), \(proxy.note)\n" }
        if let upstream { text += "  in front of \(upstream)\n" }
        for scenario in loaded.scenarios {
            let rules = scenario.rules.count == 1 ? "1 rule" : "\(scenario.rules.count) rules"
            text += "  \(scenario.name)  \(rules)  \(scenario.location.file)\n"
        }
        return text
    }
}
