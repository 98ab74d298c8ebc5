// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import AwryControl
import AwryModel
import AwryScenario
import AwryServer
import AwryTransport

/// `awry serve`: loads scenarios and serves until stopped.
struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Load scenario files, or folders of them, and serve until stopped.",
        discussion: """
            Every option may also come from a variable: --port from AWRY_PORT, and so on. Mistakes in the scenarios, \
            or a port that is taken, end it with exit status 2 before anything is served.
            """)

    @Argument(help: "Scenario files (.yaml, .yml, .json), or folders of them.")
    var paths: [String] = []

    @Option(help: "The address to listen on. (default: 127.0.0.1)")
    var host: String?

    @Option(help: "The port to listen on; 0 takes a free one. (default: 4566)")
    var port: UInt16?

    @Option(help: "How many loops serve connections. (default: 1)")
    var shards: Int?

    @Option(help: "A name below which host names are S3 buckets: BUCKET.NAME. May be given more than once.")
    var domain: [String] = []

    @Option(help: "What answers an operation that no rule decides: stub or error. (default: stub)")
    var unscripted: PipelineOptions.Unscripted?

    @Option(help: "Which of AWS's quotas hold where no scenario says otherwise: aws or off. (default: off)")
    var quotas: Quotas?

    @Flag(help: "Leave x-awry-request and x-awry-rule out of answers.")
    var noMarks = false

    @Flag(help: "Print no line for each call.")
    var quiet = false

    @OptionGroup(title: "TLS")
    var tls: TLSOptions

    @OptionGroup(title: "Limits")
    var limits: LimitOptions

    func run() throws {
        do {
            try serve()
        } catch let refusal as Refusal {
            Terminal.err("awry: \(refusal)\n")
            throw Status.refused
        }
    }

    private func serve() throws {
        Signals.hold()
        let loaded = try load()
        let quotas = try quotas ?? Environment.value("AWRY_QUOTAS", as: Quotas.self) ?? .off
        let sandboxes = Sandboxes(
            base: loaded.scenarios, quotas: QuotaSelection(defaults: quotas == .aws))
        let program = Program(sandboxes: sandboxes)
        let log: any CallLog = try quiet || Environment.flag("AWRY_QUIET") ? SilentLog() : TerminalLog()
        let pipeline = Pipeline(
            options: try pipelineOptions(), sandboxes: sandboxes, local: ControlInterface(program), log: log)
        var options = try serverOptions()
        let secure = try tls.choose(names: try names(options.host))
        options.tls = secure?.context
        let server = Server(options: options, responder: pipeline)
        let known = try names(options.host)
        let listeners = Listeners(main: server, options: options, responder: pipeline) { fault in
            try TLSOptions.failing(fault, names: known)
        }
        program.attach(listeners)
        pipeline.attach(listeners)
        do {
            try server.start()
        } catch {
            throw Refusal("\(error)")
        }
        do {
            try listeners.open(loaded.scenarios, sandbox: Listeners.everywhere)
        } catch {
            Terminal.err(ScenarioCheck.render(error.diagnostics))
            throw Status.refused
        }
        announce(loaded, host: options.host, port: server.port, secure: secure)
        Signals.wait(toStop: server) {
            if log.isOn { Terminal.out(UnusedRules.report(of: sandboxes.all)) }
        }
    }

    /// What clients may call the server, beside this machine's own names.
    private func names(_ host: String) throws -> [String] {
        let own = ["0.0.0.0", "::", "localhost", ""].contains(host) ? [] : [host]
        return own + (try pipelineOptions()).domains.flatMap { [$0, "*." + $0] }
    }

    private func load() throws -> ScenarioLoader.Loaded {
        do {
            let loaded = try ScenarioLoader(catalogue: .shared, isFaked: Fakes.knows).load(paths: allPaths)
            Terminal.err(ScenarioCheck.render(loaded.warnings))
            return loaded
        } catch {
            Terminal.err(ScenarioCheck.render(error.diagnostics))
            throw Status.refused
        }
    }

    /// The command line's paths, else those of `AWRY_SCENARIOS`, which are separated by colons.
    private var allPaths: [String] {
        paths.isEmpty ? Environment.text("AWRY_SCENARIOS")?.split(separator: ":").map(String.init) ?? [] : paths
    }

    private func pipelineOptions() throws -> PipelineOptions {
        let domains = domain.isEmpty ? Environment.text("AWRY_DOMAIN")?.split(separator: ",").map(String.init) : domain
        return PipelineOptions(
            unscripted: try unscripted ?? Environment.value("AWRY_UNSCRIPTED", as: PipelineOptions.Unscripted.self)
                ?? .stub,
            marks: try !(noMarks || Environment.flag("AWRY_NO_MARKS")), domains: domains ?? [])
    }

    private func serverOptions() throws -> ServerOptions {
        var options = ServerOptions(
            host: host ?? Environment.text("AWRY_HOST") ?? "127.0.0.1",
            port: try port ?? Environment.value("AWRY_PORT", as: UInt16.self) ?? 4566,
            shards: max(1, try shards ?? Environment.value("AWRY_SHARDS", as: Int.self) ?? 1))
        try limits.apply(to: &options)
        return options
    }

    private func announce(
        _ loaded: ScenarioLoader.Loaded, host: String, port: UInt16, secure: TLSOptions.Chosen?
    ) {
        let name = host.contains(":") ? "[\(host)]" : host
        var text = "awry \(Version.number) on http://\(name):\(port)\n"
        if let secure { text += "  and on https://\(name):\(port), \(secure.note)\n" }
        for scenario in loaded.scenarios {
            let rules = scenario.rules.count == 1 ? "1 rule" : "\(scenario.rules.count) rules"
            text += "  \(scenario.name)  \(rules)  \(scenario.location.file)\n"
        }
        Terminal.out(text)
    }
}

extension PipelineOptions.Unscripted: ExpressibleByArgument {}

/// What `--quotas` may say.
enum Quotas: String, CaseIterable, ExpressibleByArgument {
    case aws
    case off
}
