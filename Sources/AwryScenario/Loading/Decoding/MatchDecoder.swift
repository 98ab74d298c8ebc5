// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

extension ScenarioDecoder {
    /// A match, and the operations that it can meet.
    func match(_ node: Node) -> (match: Match, reach: Reach) {
        var match = Match()
        switch node.content {
        case .scalar:
            match.operations = shorthand(node).map { [$0] } ?? []
        case .sequence(let elements):
            match.operations = elements.compactMap { shorthand($0) }
            if elements.isEmpty {
                report.mistake(node.location, "this list of operations is empty, and matches nothing")
            }
        case .mapping:
            guard let section = open(node, Keys.match) else { break }
            match.operations = operations(section)
            let reach = reach(match.operations)
            facts(section, &match, reach)
            return (match, reach)
        }
        return (match, reach(match.operations))
    }

    /// The operations that pairs of globs name.
    func reach(_ pairs: [(service: Glob, operation: Glob)]) -> Reach {
        let key = pairs.map { "\($0.service.pattern)\n\($0.operation.pattern)" }.joined(separator: "\n")
        if let known = reaches[key] { return known }
        var reach = Reach(pairs, in: catalogue)
        reach.key = key
        reaches[key] = reach
        return reach
    }

    /// `kinesis.DescribeStream`, `s3.*`, `*.Put*`.
    private func shorthand(_ node: Node) -> (service: Glob, operation: Glob)? {
        guard let text = word(node, TextForm.shorthand.wanted) else { return nil }
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
            report.mistake(
                node.location, "expected \(TextForm.shorthand.wanted), found `\(text)`\(completion(of: text))")
            return nil
        }
        guard let service = service(parts[0], node.location) else { return nil }
        return operation(parts[1], node.location, of: [service]).map { (service, $0) }
    }

    /// What a shorthand without its other half may have meant.
    private func completion(of text: String) -> String {
        let name = text.hasSuffix(".") ? String(text.dropLast()) : text
        // As IAM's policies write an action.
        let parts = name.split(separator: ":").map(String.init)
        if parts.count == 2, catalogue.service(parts[0].lowercased()) != nil {
            return "; write `\(parts[0].lowercased()).\(parts[1])`"
        }
        if catalogue.service(name.lowercased()) != nil { return "; all its operations are `\(name).*`" }
        let wanted = Glob(text.hasPrefix(".") ? String(text.dropFirst()) : text, ignoringCase: true)
        for service in Reach.preferred.compactMap({ catalogue.service($0) }) {
            if let operation = service.operations.first(where: { wanted.matches($0.name) }) {
                return "; did you mean `\(service.name).\(operation.name)`?"
            }
        }
        return ""
    }

    /// Every service with every operation; an operation must exist in one of the services at least.
    private func operations(_ section: Section) -> [(service: Glob, operation: Glob)] {
        guard section["service"] != nil || section["operation"] != nil else { return [] }
        var services = [Glob("*")]
        if let entry = section["service"] {
            services = texts(entry.value, "a service's name").compactMap { service($0.text, $0.location) }
            guard !services.isEmpty else { return [] }
        }
        var operations = [Glob("*")]
        if let entry = section["operation"] {
            operations = texts(entry.value, "an operation's name").compactMap {
                operation($0.text, $0.location, of: services)
            }
        }
        guard services.count * operations.count <= 10_000 else {
            report.mistake(section.location, "more than 10000 pairs of services and operations")
            return []
        }
        return services.flatMap { service in operations.map { (service, $0) } }
    }

    private func service(_ name: String, _ location: SourceLocation) -> Glob? {
        let glob = Glob(name, ignoringCase: true)
        if let literal = glob.literal, catalogue.service(literal) != nil { return glob }
        let known = catalogue.serviceNames + CredentialServices.all.map(\.name)
        if known.isEmpty || known.contains(where: glob.matches) { return glob }
        let meant = Words.serviceNicknames[name.lowercased()].map { "; did you mean `\($0)`?" }
        report.mistake(location, "`\(name)`: no such service\(meant ?? Words.question(for: name, among: known))")
        return nil
    }

    private func operation(_ name: String, _ location: SourceLocation, of services: [Glob]) -> Glob? {
        let glob = Glob(name, ignoringCase: true)
        if glob.matchesAll { return glob }
        let reach = reach(services.map { ($0, glob) })
        if !reach.targets.isEmpty || reach.searchFurther(in: catalogue, { _ in true }) { return glob }
        let service = services.count == 1 ? services[0].pattern : "*"
        if glob.literal == nil {
            report.mistake(location, "`\(service).\(name)` matches no operation")
        } else {
            report.mistake(location, "\(service).\(name): no such operation\(nearOperations(name, services))")
        }
        return nil
    }

    /// The nearest operations of the services that a glob names; else the service that does have it.
    private func nearOperations(_ operation: String, _ services: [Glob]) -> String {
        let here = reach(services.map { ($0, Glob("*")) }).targets.map(\.operation.name)
        let near = Words.question(for: operation, among: here)
        if !near.isEmpty { return near }
        let elsewhere = Reach.preferred.filter { catalogue.service($0)?.operation(operation) != nil }
        return elsewhere.isEmpty
            ? "; `awry services` lists them"
            : "; `\(operation)` is an operation of \(Words.list(elsewhere, last: "and"))"
    }

    private func facts(_ section: Section, _ match: inout Match, _ reach: Reach) {
        func pattern(_ key: String) -> Pattern? {
            section[key].flatMap { self.pattern($0.value, PatternType.text) }
        }
        match.region = pattern("region")
        match.account = pattern("account")
        match.accessKey = pattern("accessKey")
        match.principal = pattern("principal")
        match.userAgent = pattern("userAgent")
        match.method = pattern("method")
        match.path = pattern("path")
        match.host = pattern("host")
        match.body = pattern("body")
        if let params = section["params"] { match.params = self.params(params.value, reach) }
        guard let headers = section["headers"], let entries = mapping(headers.value, "headers with their patterns")
        else {
            return
        }
        for entry in entries {
            checkHeaderName(entry.key, entry.keyLocation)
            if let pattern = self.pattern(entry.value, .text) { match.headers.append((entry.key, pattern)) }
        }
    }

    private func params(_ node: Node, _ reach: Reach) -> [(path: [String], pattern: Pattern)] {
        guard let entries = mapping(node, "members of the request with their patterns") else { return [] }
        return entries.compactMap { entry in
            guard let path = ParamPath.parse(entry.key) else {
                report.mistake(entry.keyLocation, "`\(entry.key)` is no path; write names with dots between them")
                return nil
            }
            let type = inputType(path, reach, entry.keyLocation, written: entry.key)
            return pattern(entry.value, type ?? .any, path: entry.key).map { (path, $0) }
        }
    }

    /// The entries of a mapping with free keys.
    func mapping(_ node: Node, _ wanted: String) -> [Node.Entry]? {
        guard let entries = node.entries else { return refuse(node, "a mapping of \(wanted)") }
        return entries
    }

    /// Header names are tokens (RFC 9110, 5.6.2).
    func checkHeaderName(_ name: String, _ location: SourceLocation) {
        let isToken =
            !name.isEmpty
            && name.utf8.allSatisfy { $0.isAlphanumeric || "!#$%&'*+-.^_`|~".utf8.contains($0) }
        if !isToken { report.mistake(location, "\(Node.Scalar.shown(name)) cannot be a header's name") }
    }
}

extension Words {
    /// What people call services, and botocore does not.
    static let serviceNicknames = [
        "cognito": "cognito-idp", "cognitoidp": "cognito-idp", "cognitoidentity": "cognito-identity",
        "cloudwatchlogs": "logs", "eventbridge": "events", "stepfunctions": "stepfunctions", "sfn": "stepfunctions",
        "elb": "elbv2", "dynamo": "dynamodb", "secrets": "secretsmanager", "parameterstore": "ssm", "ses": "ses",
    ]
}
