// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import AwryScenario
import AwryServer
import AwryTransport
import Synchronization

/// The ports that scenarios open, each a server of its own in front of the same pipeline: opened when a scenario is
/// loaded, closed when it goes.
///
/// One lock around the list; ports are opened and closed under it, so that two loads cannot take turns at one port.
final class Listeners: Answering {
    private struct Opened {
        var sandbox: String
        var scenario: String
        var spec: ListenerSpec
        var server: Server
        var number: UInt32
    }

    private struct State {
        var opened: [Opened] = []
        /// Told to stop, with answers that may still be due.
        var closing: [Opened] = []
        var count: UInt32 = 0
    }

    /// Exchanges of the main server have smaller numbers.
    private static let firstShard: UInt32 = 1 << 16

    private let main: Server
    private let options: ServerOptions
    private let responder: any Responder
    private let certificate: @Sendable (ListenerFault) throws -> TLSContext
    private let state = Mutex(State())

    /// Ports like that of `main`, which has these options. `certificate` makes the certificates of those faults that
    /// are one.
    init(
        main: Server, options: ServerOptions, responder: any Responder,
        certificate: @escaping @Sendable (ListenerFault) throws -> TLSContext
    ) {
        self.main = main
        self.options = options
        self.responder = responder
        self.certificate = certificate
    }

    /// Opens what these scenarios ask for, in the place of what scenarios of their names had open there. Where one
    /// cannot be opened none is, and what was open stays.
    func open(_ scenarios: [Scenario], sandbox: String) throws(LoadFailure) {
        let failure: LoadFailure? = state.withLock { state in
            let names = scenarios.map(\.name)
            let old = state.opened.filter { $0.sandbox == sandbox && names.contains($0.scenario) }
            // A port that stays is free only once its old server has gone: those come last.
            let wanted = scenarios.flatMap { scenario in scenario.listeners.map { (scenario.name, $0) } }
            let kept = Set(old.map(\.spec.port))
            var made: [Opened] = []
            for (scenario, spec) in wanted.filter({ !kept.contains($0.1.port) }) {
                do throws(LoadFailure) {
                    made.append(try start(spec, scenario, sandbox, &state.count))
                } catch {
                    for new in made { new.server.stop(grace: .zero) }
                    return error
                }
            }
            close(old, &state)
            state.opened += made
            for (scenario, spec) in wanted.filter({ kept.contains($0.1.port) }) {
                do throws(LoadFailure) {
                    state.opened.append(try start(spec, scenario, sandbox, &state.count))
                } catch {
                    return error
                }
            }
            return nil
        }
        if let failure { throw failure }
    }

    /// Closes what a scenario has open.
    func close(scenario: String, sandbox: String) {
        state.withLock { state in
            let old = state.opened.filter { $0.sandbox == sandbox && $0.scenario == scenario }
            close(old, &state)
        }
    }

    /// What the main port has done so far.
    var counters: ServerCounters { main.counters }

    /// Answers on whichever port the exchange is.
    func answer(_ reply: Reply, for exchange: ExchangeID) {
        let server = state.withLock { state in
            (state.opened + state.closing).first { $0.number == exchange.shard }?.server
        }
        (server ?? main).answer(reply, for: exchange)
    }

    private func start(
        _ spec: ListenerSpec, _ scenario: String, _ sandbox: String, _ count: inout UInt32
    ) throws(LoadFailure) -> Opened {
        var options = options
        guard spec.port != main.port else {
            let message = "port \(spec.port) is taken by this server itself; give the fault one of its own"
            throw LoadFailure([Diagnostic(.mistake, spec.location, message)])
        }
        options.port = spec.port
        options.shards = 1
        options.firstShard = Self.firstShard + count
        do {
            let isCertificate = [.expiredCertificate, .wrongHost].contains(spec.fault)
            options.door = Door(
                spec.fault, after: spec.after, until: spec.until,
                certificate: isCertificate ? try certificate(spec.fault) : nil)
            let server = Server(options: options, responder: responder)
            try server.start()
            count += 1
            return Opened(
                sandbox: sandbox, scenario: scenario, spec: spec, server: server, number: options.firstShard)
        } catch {
            throw LoadFailure([Diagnostic(.mistake, spec.location, "\(error)")])
        }
    }

    /// Their ports are closed when this comes back, unless it was asked for through one of them: that one closes when
    /// it has answered.
    private func close(_ old: [Opened], _ state: inout State) {
        state.opened.removeAll { each in old.contains { $0.number == each.number } }
        state.closing += old
        for each in old {
            each.server.whenStopped { [weak self] in self?.forget(each.number) }
            each.server.stop(grace: .seconds(5))
        }
        for each in old { _ = each.server.waitForPort(seconds: 1) }
    }

    private func forget(_ number: UInt32) {
        state.withLock { state in state.closing.removeAll { $0.number == number } }
    }
}
