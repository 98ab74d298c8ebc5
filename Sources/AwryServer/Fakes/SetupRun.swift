// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel
import AwryScenario
import AwryServices

/// Makes the calls of `setup` in a world, as the account's root, by the code and the validation of a client's calls.
public struct SetupRun {
    let world: World
    let now: Timestamp
    let endpoint: String

    /// Tries the setup of these scenarios in a scratch world: a call that fails is a mistake with its place and AWS's
    /// error. Nothing else is touched.
    public static func check(_ scenarios: [Scenario]) throws(LoadFailure) {
        guard scenarios.contains(where: { !$0.setup.isEmpty }) else { return }
        let options = ScenarioOptions(scenarios)
        let scratch = World(seed: scenarios.first?.seed ?? 0, sandbox: "scratch")
        let run = SetupRun(
            world: scratch, now: options.clock ?? SystemClock().now, endpoint: "http://localhost:4566")
        var mistakes: [Diagnostic] = []
        for scenario in scenarios {
            run.perform(scenario) { call, error in
                let name = "\(call.service.name).\(call.operation.name)"
                mistakes.append(
                    Diagnostic(.mistake, call.location, "\(name) fails: \(error.code): \(error.message ?? "")"))
            }
        }
        if !mistakes.isEmpty { throw LoadFailure(mistakes) }
    }

    /// Makes a scenario's calls; what the outputs are named.
    func names(of scenario: Scenario) -> Fields {
        perform(scenario) { _, _ in }
    }

    @discardableResult
    private func perform(_ scenario: Scenario, failed: (SetupCall, WireError) -> Void) -> Fields {
        var names: Fields = [:]
        for call in scenario.setup {
            do throws(WireError) {
                let output = try perform(call, call.input(names: names))
                if let alias = call.alias { names[alias] = .structure(output) }
            } catch {
                failed(call, error)
            }
        }
        return names
    }

    private func perform(_ call: SetupCall, _ input: Fields) throws(WireError) -> Fields {
        if let refusal = ValidationStyle.refusal(of: input, for: call.operation, in: call.service) { throw refusal }
        // Nobody waits in a setup: what would come by waiting is not there yet.
        var fake = FakeCall(
            service: call.service, operation: call.operation, input: input,
            place: Place(account: call.account, region: call.region), now: now, endpoint: endpoint, mayWait: false)
        while true {
            switch try world.perform(fake)?.outcome.get() {
            case .output(let output), .begun(let output): return output
            case .work(let work):
                work.run()
                fake.worked = work
            case .wait, .events, nil: return [:]
            }
        }
    }
}
