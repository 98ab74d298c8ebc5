// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel
import AwryWire

extension Pipeline {
    /// Steps 7 and 8. Where a rule or a quota lets some entries of the call fail, the others are carried out as if they
    /// had come alone, and the failures are written into their answer.
    func carryOut(
        _ decided: DecidedCall, _ input: Fields, without denied: FailingEntries? = nil
    ) throws(WireError) -> Performed {
        let (call, answer) = (decided.call, decided.verdict.effect.answer)
        let (service, operation) = (call.identified.service, call.identified.operation)
        var failures = [denied].compactMap { $0 }
        if case .entries(var scripted) = answer {
            scripted.positions.removeAll { denied?.positions.contains($0) ?? false }
            failures.append(scripted)
        }
        for var throttled in try throttle(call, input) {
            throttled.positions.removeAll { position in failures.contains { $0.positions.contains(position) } }
            failures.append(throttled)
        }
        guard !failures.isEmpty, let batch = service.batch(of: operation) else {
            let performed = try perform(decided, input)
            if case .output(let output) = performed, call.sandbox.throttle.isOn {
                call.sandbox.throttle.spend(answer: output, of: quotaCall(call, input))
            }
            return performed
        }
        let positions = Set(failures.flatMap(\.positions))
        let rest = batch.keeping(of: input) { !positions.contains($0) }
        // A batch of none would be refused; AWS answers one that fails whole as it does any other.
        let isEmpty = batch.entries(of: rest).isEmpty
        let performed: Performed =
            isEmpty
            ? .output(stub.fill([:], of: operation, in: service, input: rest, source: call.stubSource))
            : try perform(decided, rest)
        guard case .output(var output) = performed else { return performed }
        batch.add(failures, of: input, to: &output, in: service)
        return .output(output)
    }
}
