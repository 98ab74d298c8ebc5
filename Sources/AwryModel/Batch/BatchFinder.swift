// SPDX-License-Identifier: Apache-2.0

/// Finds how an operation tells of entries that failed. Models do not say it; their shapes do, by a few habits:
/// entries that come back in a member of their own type (DynamoDB's `UnprocessedItems`), a list or map of failures that
/// repeat what names an entry (SQS's `Failed`, S3's `Errors`), a list in the entries' order beside a count of failures
/// (Kinesis's `Records`).
struct BatchFinder {
    /// A list of the input that may be the entries.
    struct Candidate {
        let path: [String]
        let list: ShapeID
        let element: ShapeID
        let isRequired: Bool
    }

    let service: Service
    let operation: Operation
    private let input: [Member]
    private let output: [Member]
    private let candidates: [Candidate]

    init(_ service: Service, _ operation: Operation) {
        self.service = service
        self.operation = operation
        input = operation.input.map { service[$0].members } ?? []
        output = operation.output.map { service[$0].members } ?? []
        candidates = input.compactMap { BatchFinder.candidate($0, in: service) }
    }

    func find() -> BatchShape? {
        givenBack(isNamed: true) ?? failures() ?? givenBack(isNamed: false) ?? places()
    }

    /// Lists that are never what an operation works through.
    private static func isBeside(_ name: String) -> Bool {
        let name = name.lowercased()
        return ["tags", "taglist", "filter", "filters"].contains(name) || name.hasSuffix("attributenames")
    }

    private static func candidate(_ member: Member, in service: Service) -> Candidate? {
        switch service[member.shape].kind {
        case .list(let element):
            guard !isBeside(member.name) else { return nil }
            return Candidate(
                path: [member.name], list: member.shape, element: element.shape, isRequired: member.isRequired)
        case .structure(let members) where member.isRequired:
            // S3's `Delete` holds `Objects` and little else.
            let lists = members.filter { if case .list = service[$0.shape].kind { true } else { false } }
            guard lists.count == 1, let list = lists.first, case .list(let element) = service[list.shape].kind else {
                return nil
            }
            return Candidate(
                path: [member.name, list.name], list: list.shape, element: element.shape, isRequired: list.isRequired)
        default: return nil
        }
    }

    /// Entries that come back as they are: in a member of the input's own type (`isNamed`), or as their names.
    private func givenBack(isNamed: Bool) -> BatchShape? {
        for member in output
        where NameHabits.tellsFailure(member.name) && !input.contains(where: { $0.name == member.name }) {
            if isNamed, let given = input.first(where: { $0.shape == member.shape }), let map = map(given, member.name)
            {
                return map
            }
            guard case .list(let element) = service[member.shape].kind else { continue }
            for candidate in candidates where candidate.element == element.shape || candidate.list == member.shape {
                let isStructure = if case .structure = service[element.shape].kind { true } else { false }
                guard isStructure || candidate.list == member.shape || !isNamed else { continue }
                return BatchShape(
                    entries: .list(candidate.path), element: candidate.element, form: .unprocessed(member.name),
                    count: nil, successes: nil)
            }
        }
        return nil
    }

    /// A map of lists, or of structures that hold one.
    private func map(_ member: Member, _ given: String) -> BatchShape? {
        guard case .map(_, let value) = service[member.shape].kind else { return nil }
        func shape(_ element: ShapeID, inner: String?) -> BatchShape {
            BatchShape(
                entries: .map(member.name, inner: inner), element: element, form: .unprocessed(given), count: nil,
                successes: nil)
        }
        switch service[value.shape].kind {
        case .list(let element): return shape(element.shape, inner: nil)
        case .structure(let members):
            for inner in members where inner.isRequired {
                if case .list(let element) = service[inner.shape].kind {
                    return shape(element.shape, inner: inner.name)
                }
            }
            return nil
        default: return nil
        }
    }

    /// A list or map of failures that name the entries: of several lists of the input, the one that is named best.
    private func failures() -> BatchShape? {
        var best: (shape: BatchShape, score: Int)?
        for member in output where NameHabits.tellsFailure(member.name) {
            let isMap: Bool
            let element: ShapeID
            switch service[member.shape].kind {
            case .list(let each): (isMap, element) = (false, each.shape)
            case .map(_, let value): (isMap, element) = (true, value.shape)
            default: continue
            }
            guard let writing = FailureHabits(service, element) else { continue }
            for candidate in candidates {
                let identity = writing.identity(of: candidate)
                let isOnly = candidates.count == 1 || candidate.isRequired && candidates.filter(\.isRequired).count == 1
                guard isMap ? isText(candidate.element) : !identity.isEmpty || isOnly else { continue }
                let score = identity.count * 2 + (candidate.isRequired ? 1 : 0)
                if let best, best.score >= score { continue }
                let failure = writing.failure(identity: isMap ? [] : identity)
                best = (
                    shape(candidate, isMap ? .map(member.name, failure) : .failures(list: member.name, failure)), score
                )
            }
        }
        return best?.shape
    }

    /// A list in the entries' order, each place an answer or an error. Of listings, an error belongs to what is listed.
    private func places() -> BatchShape? {
        let required = candidates.filter(\.isRequired)
        guard required.count == 1, let candidate = required.first, !NameHabits.lists(operation.name) else { return nil }
        let hasFailures = output.contains { NameHabits.tellsFailure($0.name) && $0.name != countName }
        guard !hasFailures, countName != nil || NameHabits.isBatch(operation.name) else { return nil }
        for member in output {
            guard case .list(let element) = service[member.shape].kind,
                let writing = FailureHabits(service, element.shape)
            else { continue }
            return shape(candidate, .places(list: member.name, writing.failure(identity: [])))
        }
        return nil
    }

    private func shape(_ candidate: Candidate, _ form: BatchShape.Form) -> BatchShape {
        BatchShape(
            entries: .list(candidate.path), element: candidate.element, form: form, count: countName,
            successes: output.first { NameHabits.tellsSuccess($0.name) && isListOfStructures($0.shape) }?.name)
    }

    /// `FailedRecordCount`, `FailedEntryCount`, `FailedPutCount`, `FailedCount`.
    private var countName: String? {
        output.first { member in
            guard NameHabits.countsFailures(member.name) else { return false }
            switch service[member.shape].kind {
            case .integer, .long: return true
            default: return false
            }
        }?.name
    }

    private func isText(_ id: ShapeID) -> Bool {
        if case .string = service[id].kind { true } else { false }
    }

    private func isListOfStructures(_ id: ShapeID) -> Bool {
        guard case .list(let element) = service[id].kind, case .structure = service[element.shape].kind else {
            return false
        }
        return true
    }
}
