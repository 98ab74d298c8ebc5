// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import AwryModel
import AwryScenario
import AwryServer
import AwryTransport

/// What every command that serves loads, and how it answers. Each option also comes from its variable.
struct ServingOptions: ParsableArguments {
    @Argument(help: "Scenario files (.yaml, .yml, .json), folders of them, or ready ones: pack:NAME.")
    var paths: [String] = []

    @Option(help: "How many loops serve connections. (default: 1)")
    var shards: Int?

    @Option(help: "A name below which host names are S3 buckets: BUCKET.NAME. May be given more than once.")
    var domain: [String] = []

    @Option(help: "What answers an operation that no rule decides: stub, error or upstream. (default: stub)")
    var unscripted: PipelineOptions.Unscripted?

    @Option(help: "Which of AWS's quotas hold where no scenario says otherwise: aws or off. (default: off)")
    var quotas: Quotas?

    @Option(help: "What is asked of callers where no scenario says: off, verify or enforce. (default: off)")
    var auth: AuthMode?

    @Option(help: "The secret of 12-digit and sandbox.* access key ids, which stand for roots. (default: test)")
    var rootSecret: String?

    @Option(help: "Scenario files, or folders of them, that sandboxes may be made with. May be given more than once.")
    var available: [String] = []

    @Option(help: "The most sandboxes at once; the one unused for the longest time goes for a new one. (default: 256)")
    var maxSandboxes: Int?

    @Flag(help: "Leave x-awry-request and x-awry-rule out of answers.")
    var noMarks = false

    @Flag(help: "Show passwords, tokens and keys in the journal, the log, the events and the console.")
    var showSecrets = false

    @OptionGroup(title: "Upstream")
    var upstream: UpstreamOptions

    @OptionGroup(title: "TLS")
    var tls: TLSOptions

    @OptionGroup(title: "Proxy")
    var proxy: ProxyOptions

    @OptionGroup(title: "Limits")
    var limits: LimitOptions

    /// Loads the scenarios. Warnings and mistakes go to standard error; mistakes end the program.
    func load() throws -> ScenarioLoader.Loaded {
        do {
            let loaded = try loaded()
            Terminal.err(ScenarioCheck.render(loaded.warnings))
            return loaded
        } catch {
            Terminal.err(ScenarioCheck.render(error.diagnostics))
            throw Status.refused
        }
    }

    /// Loads the scenarios.
    func loaded() throws(LoadFailure) -> ScenarioLoader.Loaded {
        let loaded = try ScenarioLoader(catalogue: .shared, isFaked: Fakes.knows).load(named: allPaths)
        try SetupRun.check(loaded.scenarios)
        return loaded
    }

    /// The scenarios that no sandbox has unless it is made with them.
    func availableScenarios() throws -> [Scenario] {
        let named = Environment.text("AWRY_AVAILABLE")?.split(separator: ":").map(String.init) ?? []
        do {
            return try ScenarioLoader(catalogue: .shared, isFaked: Fakes.knows).load(
                named: available.isEmpty ? named : available
            )
            .scenarios
        } catch {
            Terminal.err(ScenarioCheck.render(error.diagnostics))
            throw Status.refused
        }
    }

    /// The files that are loaded, as far as they can be found.
    var files: [String] {
        ((try? Packs.resolve(allPaths)) ?? []).flatMap { ScenarioLoader.files(at: $0) }
    }

    /// The command line's paths, else those of `AWRY_SCENARIOS`, which are separated by colons.
    var allPaths: [String] {
        paths.isEmpty ? Environment.text("AWRY_SCENARIOS")?.split(separator: ":").map(String.init) ?? [] : paths
    }

    /// The quotas that hold where no scenario says otherwise.
    func quotaSelection() throws -> QuotaSelection {
        let quotas = try quotas ?? Environment.value("AWRY_QUOTAS", as: Quotas.self) ?? .off
        return QuotaSelection(defaults: quotas == .aws)
    }

    /// How many sandboxes there may be.
    func sandboxLimits() throws -> SandboxLimits {
        guard let count = try maxSandboxes ?? Environment.value("AWRY_MAX_SANDBOXES", as: Int.self) else {
            return SandboxLimits()
        }
        guard count > 0 else { throw Refusal("--max-sandboxes \(count): expected a number above 0") }
        return SandboxLimits(count: count)
    }

    /// How calls are answered.
    func pipelineOptions() throws -> PipelineOptions {
        let domains = domain.isEmpty ? Environment.text("AWRY_DOMAIN")?.split(separator: ",").map(String.init) : domain
        let isOfHosts = { (byte: UInt8) in
            0x30...0x39 ~= byte || 0x61...0x7A ~= byte | 0x20 || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
        }
        if let wrong = domains?.first(where: { $0.isEmpty || !$0.utf8.allSatisfy(isOfHosts) }) {
            throw Refusal("--domain '\(wrong)': expected a host's name, such as s3.example.test")
        }
        return PipelineOptions(
            unscripted: try upstream.unscripted(
                unscripted ?? Environment.value("AWRY_UNSCRIPTED", as: PipelineOptions.Unscripted.self)),
            upstream: try upstream.address()?.description,
            marks: try !(noMarks || Environment.flag("AWRY_NO_MARKS")),
            auth: try auth ?? Environment.value("AWRY_AUTH", as: AuthMode.self) ?? .off,
            rootSecret: rootSecret ?? Environment.text("AWRY_ROOT_SECRET") ?? "test", domains: domains ?? [],
            secrets: try showSecrets || Environment.flag("AWRY_SHOW_SECRETS") ? .shown : .hidden)
    }

    /// More loops than this only take descriptors from the connections.
    private static let mostShards = 64

    private func wantedShards() throws -> Int {
        let count = try shards ?? Environment.value("AWRY_SHARDS", as: Int.self) ?? 1
        guard 1...Self.mostShards ~= count else {
            throw Refusal("--shards \(count): expected a number from 1 to \(Self.mostShards)")
        }
        return count
    }

    /// Where to listen, and how much is borne of clients.
    func serverOptions(host: String, port: UInt16) throws -> ServerOptions {
        var options = ServerOptions(
            host: host, port: port,
            shards: try wantedShards())
        try limits.apply(to: &options)
        options.upstream = try upstream.address()
        return options
    }
}

extension PipelineOptions.Unscripted: ExpressibleByArgument {}
extension AuthMode: ExpressibleByArgument {}

/// What `--quotas` may say.
enum Quotas: String, CaseIterable, ExpressibleByArgument {
    case aws
    case off
}
