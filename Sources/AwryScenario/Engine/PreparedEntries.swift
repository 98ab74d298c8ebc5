// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

/// `entries:` made ready for one operation.
struct PreparedEntries: Sendable {
    let choice: EntriesSpec.Choice
    let batch: BatchShape
    let error: ErrorBlueprint

    /// Nil for an operation that takes no batch, or whose entries need an error where there is none.
    init?(_ spec: EntriesSpec, service: Service, operation: Operation, errors: any ErrorResolving) {
        guard let batch = service.batch(of: operation),
            let error = PreparedEntries.error(spec.error, batch, service: service, operation: operation, errors: errors)
        else { return nil }
        choice = spec.choice
        self.batch = batch
        self.error = error
    }

    /// The positions of the entries that fail; `draw` gives an entry's number from 0 up to 1.
    func failing(_ input: Fields, draw: (Int) -> Double) -> [Int] {
        let entries = batch.entries(of: input)
        switch choice {
        case .positions(let positions): return entries.indices.filter { positions.contains($0) }
        case .first(let count): return Array(entries.indices.prefix(count))
        case .share(let share): return entries.indices.filter { draw($0) < share }
        case .matching(let conditions):
            return entries.indices.filter { index in
                conditions.allSatisfy { $0.pattern.matches(entries[index], at: $0.path[...]) }
            }
        }
    }

    /// The operation's error of that name where there is one. Entries carry codes that no operation models
    /// (`InternalFailure` of Kinesis's PutRecords), so any other is sent too, and as it is written: where a whole
    /// request fails with `InternalFailureException`, an entry's code is `InternalFailure`.
    private static func error(
        _ spec: ErrorSpec?, _ batch: BatchShape, service: Service, operation: Operation, errors: any ErrorResolving
    ) -> ErrorBlueprint? {
        guard let spec, batch.failure != nil else {
            return batch.failure == nil ? ErrorBlueprint(error: WireError("Unprocessed")) : nil
        }
        var unknown = spec
        unknown.isVerbatim = true
        unknown.status = spec.status ?? 400
        guard
            var print = errors.blueprint(for: spec, service: service, operation: operation)
                ?? errors.blueprint(for: unknown, service: service, operation: operation)
        else { return nil }
        if let code = spec.code, code != print.error.shape { print.error.code = code }
        // The members of an error are not those of an entry's failure.
        print.usual = []
        return print
    }
}

extension CompiledRule {
    /// The number from 0 up to 1 that belongs to an entry of the request in a position.
    func draw(at position: Int, entry: Int, for value: String?) -> Double {
        Chance(seed: entries(for: value).bits(at: UInt64(position))).unit(at: UInt64(entry))
    }
}
