// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel
import AwryScenario
import AwryServices
import AwryWire

extension Pipeline {
    /// Step 7: whether AWS's quotas, where they are turned on, leave room for it; the entries for which they do not,
    /// those of each shard apart.
    func throttle(_ call: Call, _ input: Fields) throws(WireError) -> [FailingEntries] {
        guard call.sandbox.throttle.isOn else { return [] }
        let quotaCall = quotaCall(call, input)
        let admission = call.sandbox.throttle.admit(quotaCall, at: call.sandbox.clock.now)
        if admission == .whole { return [] }
        let error = DirectoryErrors().throttle(call.facts(body: nil, input: input))
        let shards = quotaCall.shards
        guard case .without(let positions) = admission else { throw error.naming(shards.first) }
        let groups = Dictionary(grouping: positions) { shards.indices.contains($0) ? shards[$0] : nil }
        return groups.map { FailingEntries(positions: $1, error: error.naming($0)) }
            .sorted { $0.positions[0] < $1.positions[0] }
    }

    /// A call as quotas see it.
    func quotaCall(_ call: Call, _ input: Fields) -> QuotaCall {
        QuotaCall(
            service: call.identified.service.name, operation: call.identified.operation, account: call.account,
            region: call.identified.region, input: input,
            shards: options.unscripted == .upstream ? [] : call.sandbox.world.quotaScopes(of: fakeCall(call, input)))
    }
}

extension WireError {
    /// The same error about this shard: the directory's text, which knows none, names a stream's first.
    fileprivate func naming(_ scope: QuotaScope?) -> WireError {
        guard let scope, let message else { return self }
        var error = self
        error.message = message.replacing("shardId-000000000000", with: scope.name)
        return error
    }
}
