// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import AwryModel

/// Tells apart what a request may be where signing name, host, path and action fit operations of several services.
///
/// In this order: the service that the SDK names in its User-Agent; what the request's own parameters leave; the newest
/// API; of one year the largest; of equals the first by name. (The sandbox's rules may prefer another of those left:
/// `IdentifiedCall.preferring`.)
struct Ambiguity {
    let request: IncomingRequest
    /// The items of the request's form, where it is one.
    var form: QueryItems?

    /// The call that is meant; nil of no choices.
    func settle(_ choices: [IdentifiedCall.Choice]) -> Identification? {
        guard choices.count > 1 else { return choices.first.map { request.call($0) } }
        if let index = namedByAgent(choices) {
            let others = choices.filter { $0.service !== choices[index].service }
            let reason = "the User-Agent names \(choices[index].service.name)"
            return request.call(choices[index], note: Ambiguity.note(reason, others: others))
        }
        var left = byEngine(choices) ?? choices
        let knowing = left.filter(knowsAllNames)
        if !knowing.isEmpty { left = knowing }
        left.sort(by: Ambiguity.isNewer)
        guard let best = left.first else { return nil }
        let others = Array(left.dropFirst())
        return request.call(best, others: others, note: Ambiguity.reason(best, others))
    }

    /// What the log says of a choice between operations.
    static func note(_ reason: String, others: [IdentifiedCall.Choice]) -> String {
        let names = others.map { "\($0.service.name).\($0.operation.name)" }.joined(separator: ", ")
        return "\(reason); the request could be \(names) as well"
    }

    private static func reason(_ best: IdentifiedCall.Choice, _ others: [IdentifiedCall.Choice]) -> String? {
        guard let next = others.first else { return nil }
        let name = best.service.name
        if year(best) != year(next) { return note("\(name) is the newest API", others: others) }
        let isLarger = best.service.operations.count != next.service.operations.count
        return note("\(name) is the \(isLarger ? "largest" : "first") API", others: others)
    }

    private static func isNewer(_ first: IdentifiedCall.Choice, _ second: IdentifiedCall.Choice) -> Bool {
        if year(first) != year(second) { return year(first) > year(second) }
        let sizes = (first.service.operations.count, second.service.operations.count)
        return sizes.0 != sizes.1 ? sizes.0 > sizes.1 : first.service.name < second.service.name
    }

    /// Months do not make an API a successor: those of one year stand side by side.
    private static func year(_ choice: IdentifiedCall.Choice) -> Substring {
        choice.service.metadata.apiVersion.prefix(4)
    }

    /// `api/docdb#3.1.0` or `api/docdb/1.2`: the SDKs for JavaScript, Java, Go, Rust and others name the client's
    /// service so, in lower case with `_` for spaces or with the words run together.
    private func namedByAgent(_ choices: [IdentifiedCall.Choice]) -> Int? {
        guard let agent = request.head.text("user-agent") else { return nil }
        for token in agent.split(separator: " ") where token.hasPrefix("api/") {
            let name = Ambiguity.folded(token.dropFirst(4).prefix { $0 != "#" && $0 != "/" })
            if let index = choices.firstIndex(where: { Ambiguity.folded($0.service.metadata.serviceID) == name }) {
                return index
            }
        }
        return nil
    }

    private static func folded(_ name: some StringProtocol) -> String {
        name.lowercased().filter { $0.isLetter || $0.isNumber }
    }

    /// DocumentDB and Neptune are called as RDS is, but with their own database engines.
    private func byEngine(_ choices: [IdentifiedCall.Choice]) -> [IdentifiedCall.Choice]? {
        guard let form, choices.contains(where: { $0.service.name == "rds" }),
            let engine = form.text("Engine") ?? form.text("DBParameterGroupFamily")
        else { return nil }
        let service = ["docdb", "neptune"].first { engine.hasPrefix($0) } ?? "rds"
        let found = choices.filter { $0.service.name == service }
        return found.isEmpty ? nil : found
    }

    /// Whether the operation's input has a member for everything that the query, or the form, names.
    private func knowsAllNames(_ choice: IdentifiedCall.Choice) -> Bool {
        let items = form ?? request.query
        let members = choice.operation.input.map { choice.service[$0].members } ?? []
        var known: Set<String> = ["Action", "Version"]
        if form != nil {
            let names = QueryNames(choice.service, isEC2Form: choice.dialect == .ec2)
            known.formUnion(members.map(names.name(of:)))
        } else {
            let queried = members.filter { $0.location == .querystring }
            for member in queried {
                if case .map = choice.service[member.shape].kind { return true }
                known.insert(member.wireName)
            }
            let template = Route.parts(choice.operation.traits.uri).query
            known.formUnion(template.split(separator: "&").map { String($0.prefix { $0 != "=" }) })
        }
        return items.items.allSatisfy { item in
            let key = PercentCoding.lenientText(items.bytes[item.key], plusIsSpace: true)
            let name = form == nil ? key[...] : key.prefix { $0 != "." }
            // What signs the request is nobody's member.
            return known.contains(String(name)) || name.hasPrefix("X-Amz-") || name.hasPrefix("Signature")
                || name == "AWSAccessKeyId" || name == "x-id"
        }
    }
}
