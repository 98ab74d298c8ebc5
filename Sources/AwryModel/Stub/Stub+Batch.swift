// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension Stub {
    /// Answers every entry of a batch: a place for each in a list that is in their order, and each among the successes
    /// where the output lists these. Lists that are there already stay.
    func addEntries(
        _ input: Fields, of operation: Operation, in service: Service, to output: inout Fields,
        _ filler: inout RequiredFill
    ) {
        guard let batch = service.batch(of: operation), let id = operation.output else { return }
        let entries = batch.entries(of: input)
        guard !entries.isEmpty else { return }
        // Services send these though nothing failed, and programs look at them first.
        if let count = batch.count { output.setDefault(count, 0) }
        if case .unprocessed(let member) = batch.form, case .map = batch.entries {
            output.setDefault(member, .structure([:]))
        }
        if case .places(let list, let failure) = batch.form, output[list]?.list?.isEmpty ?? true {
            let answered = service[failure.element].members.filter { !Stub.tells(failure, $0.name) }
            var places: [Value] = []
            for _ in entries {
                var place: Fields = [:]
                for member in answered { place[member.name] = filler.scalar(member) }
                places.append(.structure(place))
            }
            output[list] = .list(places)
        }
        guard let name = batch.successes, output[name]?.list?.isEmpty ?? true,
            output[batch.failureMember]?.list?.isEmpty ?? true, !Stub.isQuiet(input),
            let list = service[id].member(name)?.shape, case .list(let element) = service[list].kind
        else { return }
        output[name] = .list(
            entries.compactMap { entry in
                let told = service[element.shape].members.compactMap { member in
                    Stub.part(of: entry, as: member, batch, in: service).map { (member.name, $0) }
                }
                return told.isEmpty ? nil : .structure(Fields(told))
            })
    }

    private static func tells(_ failure: BatchFailure, _ name: String) -> Bool {
        name == failure.code?.first || name == failure.message?.first
    }

    /// What of an entry names it in the list of successes.
    private static func part(of entry: Value, as member: Member, _ batch: BatchShape, in service: Service) -> Value? {
        if member.shape == batch.element { return entry }
        guard let same = service[batch.element].member(member.name), sameType(same.shape, member.shape, in: service)
        else { return nil }
        return entry.fields?[member.name]
    }

    /// S3's DeleteObjects tells of failures alone where the request says `Quiet`.
    private static func isQuiet(_ input: Fields) -> Bool {
        input["Delete"]?.fields?["Quiet"] == true
    }
}

extension RequiredFill {
    /// The smallest value of a member that is no structure, list or map.
    mutating func scalar(_ member: Member) -> Value? {
        isSimple(member) ? smallest(member) : nil
    }
}
