// SPDX-License-Identifier: Apache-2.0

import AwryModel

/// Looks errors up for every operation that a rule can meet: that none knows one is a mistake, that some don't a
/// warning.
extension ScenarioDecoder {
    /// What a code means to the operations of a reach.
    struct CodeReading {
        /// The error as the first operation that knows it has it.
        var first: FoundError?
        /// The operations that do not know it.
        var without: [String] = []
    }

    /// An error as a service has it.
    typealias FoundError = (error: KnownError, service: Service)

    /// The error as the first operation that knows it has it; nil where none does, which is told unless the rule gives
    /// a status itself.
    func checkError(_ spec: ErrorSpec, _ reach: Reach, _ location: SourceLocation) -> FoundError? {
        guard let target = reach.targets.first else { return nil }
        if spec.isThrottle {
            return (ErrorDirectory.throttle(operation: target.operation, service: target.service), target.service)
        }
        if let code = spec.code { return check(code, isStatusGiven: spec.status != nil, reach, location) }
        return spec.status.flatMap { check(status: $0, reach, location) }
    }

    private func check(
        _ code: String, isStatusGiven: Bool, _ reach: Reach, _ location: SourceLocation
    ) -> FoundError? {
        let reading = read(code, reach)
        let first = reading.first
        if isStatusGiven { return first }
        if first == nil {
            let isElsewhere = reach.searchFurther(in: catalogue) {
                ErrorDirectory.resolve(code, operation: $0.operation, service: $0.service) != nil
            }
            let unknown = unknown(code, reach)
            let link = unknown.hasSuffix("?") ? " A code" : "; a code"
            if !isElsewhere { report.mistake(location, "\(unknown)\(link) of your own needs a `status`") }
        } else {
            warn(of: reading.without, "`\(code)`", reach, location)
        }
        return first
    }

    /// What a code means to each operation.
    private func read(_ code: String, _ reach: Reach) -> CodeReading {
        let key = code + "\n" + reach.key
        if let known = codes[key] { return known }
        var reading = CodeReading()
        for target in reach.targets {
            if let error = ErrorDirectory.resolve(code, operation: target.operation, service: target.service) {
                if reading.first == nil { reading.first = (error, target.service) }
            } else {
                reading.without.append(target.name)
            }
        }
        codes[key] = reading
        return reading
    }

    /// What a rule means to operations without its error: nothing.
    private func warn(of without: [String], _ what: String, _ reach: Reach, _ location: SourceLocation) {
        guard !without.isEmpty, reach.isComplete else { return }
        let names = Words.list(without, last: "and", atMost: 3)
        report.warning(location, "\(what) is no error of \(names), whose requests this rule passes over")
    }

    /// "kinesis.PutRecord has no error `X`; did you mean `Y`?"
    private func unknown(_ code: String, _ reach: Reach) -> String {
        // Operations of a service know much the same errors: the first one that has near ones says enough.
        let near =
            reach.targets.lazy.map {
                ErrorDirectory.nearest(code, operation: $0.operation, service: $0.service)
            }.first { !$0.isEmpty } ?? []
        let question = near.isEmpty ? "" : "; did you mean \(Words.list(near, last: "or"))?"
        let name = reach.targets.count == 1 ? "\(reach.targets[0].name) has no error" : "no operation here has an error"
        return "\(name) `\(code)`\(question)"
    }

    private func check(status: Int, _ reach: Reach, _ location: SourceLocation) -> FoundError? {
        var first: FoundError?
        var without: [String] = []
        for target in reach.targets {
            switch ErrorDirectory.resolve(status: status, operation: target.operation, service: target.service) {
            case .one(let error): if first == nil { first = (error, target.service) }
            case .several(let errors):
                let codes = Words.list(errors.map(\.code), last: "or")
                report.mistake(location, "\(target.name) has several errors of status \(status); name one: \(codes)")
                return nil
            case .none: without.append(target.name)
            }
        }
        if first == nil {
            let isElsewhere = reach.searchFurther(in: catalogue) { target in
                let found = ErrorDirectory.resolve(
                    status: status, operation: target.operation, service: target.service)
                if case .none = found { return false }
                return true
            }
            let names = without.count == 1 ? without[0] : "no operation here"
            let verb = without.count == 1 ? "has no" : "has an"
            if !isElsewhere {
                report.mistake(
                    location, "\(names) \(verb) error of status \(status); write { code: …, status: \(status) }")
            }
        } else {
            warn(of: without, "\(status)", reach, location)
        }
        return first
    }

    /// The code in which a call is expected to end: unknown ones are doubtful only, since a rule may make one up.
    func checkEnd(_ code: String, _ reach: Reach, _ location: SourceLocation) {
        guard reach.isComplete, !reach.targets.isEmpty else { return }
        if read(code, reach).first != nil { return }
        let near = Words.question(for: code, among: ["success", "connection"])
        report.warning(location, near.isEmpty ? unknown(code, reach) : "a call cannot end in `\(code)`\(near)")
    }
}
