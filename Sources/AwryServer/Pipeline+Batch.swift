// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel
import AwryWire

extension Pipeline {
    /// Step 7 for a call of which a rule lets some entries fail: the others are carried out as if they had come alone,
    /// and the failures are written into their answer.
    func carryOut(_ call: Call, _ input: Fields, _ answer: Effect.Answer) throws(WireError) -> Fields {
        let (service, operation) = (call.identified.service, call.identified.operation)
        guard case .entries(let failing) = answer, let batch = service.batch(of: operation) else {
            return try perform(call, input, for: answer)
        }
        let positions = Set(failing.positions)
        let rest = batch.keeping(of: input) { !positions.contains($0) }
        // A batch of none would be refused; AWS answers one that fails whole as it does any other.
        let isEmpty = batch.entries(of: rest).isEmpty
        var output: Fields =
            isEmpty
            ? stub.fill([:], of: operation, in: service, input: rest, source: call.stubSource)
            : try perform(call, rest, for: answer)
        batch.add(failing.error, at: failing.positions, of: input, to: &output, in: service)
        return output
    }
}
