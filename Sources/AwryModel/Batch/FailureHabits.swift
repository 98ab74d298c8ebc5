// SPDX-License-Identifier: Apache-2.0

/// A structure that tells of an entry's failure: where its code and message stand, and what names the entry.
struct FailureHabits {
    private let service: Service
    private let element: ShapeID
    private let members: [Member]
    private var code: [String]?
    private var message: [String]?

    /// Nil where the structure tells neither code nor message.
    init?(_ service: Service, _ element: ShapeID) {
        guard case .structure(let members) = service[element].kind else { return nil }
        self.service = service
        self.element = element
        self.members = members
        for member in members where NameHabits.isError(member.name) {
            guard case .structure(let inner) = service[member.shape].kind else { continue }
            code = FailureHabits.code(inner, in: service).map { [member.name, $0] }
            message = FailureHabits.message(inner, in: service).map { [member.name, $0] }
        }
        if code == nil, message == nil {
            code = FailureHabits.code(members, in: service).map { [$0] }
            message = FailureHabits.message(members, in: service).map { [$0] }
        }
        if code == nil, message == nil { return nil }
    }

    /// The failure of entries that are told by `identity`.
    func failure(identity: [(member: String, source: BatchFailure.Source)]) -> BatchFailure {
        let fault = members.first { member in
            guard member.name.lowercased() == "senderfault" else { return false }
            return if case .boolean = service[member.shape].kind { true } else { false }
        }
        return BatchFailure(
            element: element, code: code, message: message, senderFault: fault?.name, identity: identity)
    }

    /// Which members repeat what of an entry.
    func identity(of candidate: BatchFinder.Candidate) -> [(member: String, source: BatchFailure.Source)] {
        let others = members.filter { ![code?.first, message?.first].contains($0.name) }
        var found = others.compactMap { member in
            source(of: member, candidate).map { (member: member.name, source: $0) }
        }
        if case .structure = service[candidate.element].kind { return found }
        // An entry without members is what names it, whatever the name is called.
        if found.isEmpty, let first = others.first(where: { isAlike($0.shape, candidate.element) }) {
            found = [(first.name, .entry)]
        }
        return found
    }

    private func source(of member: Member, _ candidate: BatchFinder.Candidate) -> BatchFailure.Source? {
        switch service[member.shape].kind {
        case .integer, .long:
            if ["index", "entryindex", "itemindex"].contains(member.name.lowercased()) { return .position }
        default: break
        }
        guard case .structure(let entry) = service[candidate.element].kind else {
            guard isAlike(member.shape, candidate.element) else { return nil }
            let isNamed = NameHabits.agree(member.name, NameHabits.singular(candidate.path.last ?? ""))
            return isNamed ? .entry : nil
        }
        if member.shape == candidate.element { return .entry }
        let name = member.name.lowercased()
        let alike = entry.filter { isAlike($0.shape, member.shape) }
        if let same = alike.first(where: { $0.name.lowercased() == name }) { return .member(same.name) }
        if let near = alike.first(where: { NameHabits.agree($0.name, name) }) { return .member(near.name) }
        return isPart(member.shape, of: entry) ? .likeNamed : nil
    }

    /// Whether a structure can be made of an entry's members.
    private func isPart(_ id: ShapeID, of entry: [Member]) -> Bool {
        guard case .structure(let members) = service[id].kind, !members.isEmpty else { return false }
        func has(_ member: Member) -> Bool {
            entry.contains { $0.name == member.name && isAlike($0.shape, member.shape) }
        }
        return members.contains(where: has) && members.allSatisfy { !$0.isRequired || has($0) }
    }

    private func isAlike(_ first: ShapeID, _ second: ShapeID) -> Bool {
        if first == second { return true }
        switch (service[first].kind, service[second].kind) {
        case (.string, .string), (.integer, .integer), (.long, .long), (.integer, .long), (.long, .integer),
            (.boolean, .boolean):
            return true
        default: return false
        }
    }

    private static func code(_ members: [Member], in service: Service) -> String? {
        for isSure in [true, false] {
            let found = members.first { member in
                guard NameHabits.isCode(member.name, isSure: isSure) else { return false }
                switch service[member.shape].kind {
                case .string, .integer, .long: return true
                default: return false
                }
            }
            if let found { return found.name }
        }
        return nil
    }

    private static func message(_ members: [Member], in service: Service) -> String? {
        members.first { member in
            guard NameHabits.isMessage(member.name), case .string = service[member.shape].kind else { return false }
            return true
        }?.name
    }
}
