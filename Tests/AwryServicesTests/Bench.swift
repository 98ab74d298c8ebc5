// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel
import Testing

@testable import AwryServices

/// A fake under test with a hand clock: each input is validated, each output checked against the model, and the state
/// is asked for contradictions after every call.
struct Bench<Fake: FakeService> {
    var state: Fake
    var now = Timestamp(seconds: 1_772_366_400)
    var place = Place(account: "123456789012", region: "us-east-1")
    var settings = FakeSettings()
    let service: Service
    /// Where the fakes live that this one calls, and what that has woken.
    let world = World(seed: 1, sandbox: "test")
    let wakes = CollectedWakes()

    init() throws {
        service = try #require(Catalogue.shared.service(Fake.name))
        state = Fake(identifiers: IdentifierSource(seed: 1, sandbox: "test", service: Fake.name))
    }

    /// What a call comes to.
    mutating func outcome(
        _ name: String, _ input: Fields, waitingSince: Timestamp? = nil, mayWait: Bool = true
    ) throws -> Outcome {
        let operation = try #require(service.operation(name), "no operation \(name)")
        let handler = try #require(Fake.handler(name), "\(name) is not faked")
        if let refusal = ValidationStyle.refusal(of: input, for: operation, in: service) { throw refusal }
        state.advance(to: now)
        defer {
            if let found = state.contradiction { Issue.record("after \(name): \(found)") }
        }
        var call = FakeCall(
            service: service, operation: operation, input: input, place: place, now: now,
            endpoint: "http://localhost:4566", waitingSince: waitingSince, mayWait: mayWait)
        call.settings = settings
        call.reach = Reach(world: world, wakes: wakes)
        call.issuers = world.issuers
        defer { state.settle(call) }
        var outcome = try handler(&state, call)
        while case .work(let work) = outcome {
            work.run()
            call.worked = work
            outcome = try handler(&state, call)
        }
        if let output = outcome.answered {
            if let id = operation.output {
                let mismatch = TypeCheck.mismatch(output, id, in: service)
                #expect(mismatch == nil, "\(name): \(String(describing: mismatch))")
            } else {
                #expect(output.isEmpty)
            }
        }
        return outcome
    }

    /// The output of a call that does not wait.
    @discardableResult
    mutating func call(_ name: String, _ input: Fields = [:]) throws -> Fields {
        guard let output = try outcome(name, input).answered else {
            Issue.record("\(name) waits")
            return [:]
        }
        return output
    }

    /// The error with which a call is refused.
    mutating func refusal(_ name: String, _ input: Fields = [:]) -> WireError? {
        do {
            try call(name, input)
            return nil
        } catch let error as WireError {
            return error
        } catch {
            Issue.record("\(name): \(error)")
            return nil
        }
    }

    mutating func advance(_ seconds: Int64) { now = now + .seconds(seconds) }
}

extension Outcome {
    /// What the client hears of it, if it hears anything.
    var answered: Fields? {
        switch self {
        case .output(let output), .begun(let output), .events(let output, _, _): output
        case .wait, .work: nil
        }
    }
}
