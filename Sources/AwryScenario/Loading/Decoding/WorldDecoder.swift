// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

extension ScenarioDecoder {
    static let defaultAccount = "123456789012"
    static let defaultRegion = "us-east-1"

    /// The calls of `setup`, those that could be read.
    func setup(_ node: Node) -> [SetupCall] {
        (list(node, "a list of calls") ?? []).compactMap { report.isFull ? nil : setupCall($0) }
    }

    /// `- kinesis.CreateStream: { … }`, with `as`, `account` and `region` beside it.
    private func setupCall(_ node: Node) -> SetupCall? {
        guard let entries = node.entries else {
            let advice = node.scalar.map { $0.text.contains(".") ? "; write `\($0.text): {}`" : "" } ?? ""
            report.mistake(node.location, "a setup call is `service.Operation: { … }`, found \(node.kindName)\(advice)")
            return nil
        }
        var call: Node.Entry?
        for entry in entries where Keys.setup[entry.key] == nil {
            if !entry.key.contains(".") {
                let near = Words.question(for: entry.key, among: Keys.setup.names)
                let advice = near.isEmpty ? "; a call is `service.Operation: { … }`" : near
                report.mistake(
                    entry.keyLocation, "unknown key \(Node.Scalar.shown(entry.key)) in a setup call\(advice)")
            } else if let call {
                report.mistake(
                    entry.keyLocation, "a second call beside `\(call.key)`; each call is a `-` of its own")
            } else {
                call = entry
            }
        }
        let account = node.value("account").flatMap { self.account($0) } ?? Self.defaultAccount
        let region = node.value("region").flatMap { word($0, "a region") } ?? Self.defaultRegion
        let alias = node.value("as").flatMap { name($0) }
        guard let call else {
            if entries.allSatisfy({ Keys.setup[$0.key] != nil }) {
                report.mistake(node.location, "a setup call needs `service.Operation: { … }`")
            }
            return nil
        }
        guard let (service, operation) = operation(named: call) else { return nil }
        if !isFaked(service, operation) {
            report.mistake(
                call.keyLocation,
                "\(service.name).\(operation.name) cannot be called by `setup`: Awry has no fake of it yet")
        }
        let input = self.input(call.value, service, operation)
        if let alias { add(alias, service, operation, node.value("as")?.location ?? node.location) }
        return SetupCall(
            service: service, operation: operation, input: input, account: account, region: region, alias: alias,
            location: call.keyLocation)
    }

    private func operation(named entry: Node.Entry) -> (Service, Operation)? {
        let (match, reach) = self.match(
            Node(content: .scalar(Node.Scalar(text: entry.key, isPlain: false)), location: entry.keyLocation))
        guard let pair = match.operations.first else { return nil }
        guard pair.service.literal != nil, pair.operation.literal != nil else {
            report.mistake(entry.keyLocation, "`\(entry.key)`: a setup call names one operation, without `*` or `?`")
            return nil
        }
        return reach.targets.first.map { ($0.service, $0.operation) }
    }

    private func input(_ node: Node, _ service: Service, _ operation: Operation) -> TemplatedValue {
        if node.isNull { return .structure([]) }
        guard let input = operation.input else {
            if node.entries?.isEmpty != true {
                report.mistake(node.location, "\(service.name).\(operation.name) takes no input; write `{}`")
            }
            return .structure([])
        }
        return value(node, input, service, .world, "the input of \(service.name).\(operation.name)") ?? .structure([])
    }

    private func add(_ alias: String, _ service: Service, _ operation: Operation, _ location: SourceLocation) {
        if TemplateScope.requestNames.contains(alias) {
            report.mistake(location, "`\(alias)` has a meaning in templates already; choose another name")
        } else if alias.contains(".") {
            report.mistake(location, "`\(alias)`: a name that templates use holds no dot")
        } else if aliases[alias] != nil {
            report.mistake(location, "two calls are named `\(alias)`")
        }
        aliases[alias] = Alias(service: service, operation: operation)
    }

    /// The number of an account.
    func account(_ node: Node) -> String? {
        formed(node, .account) { text throws(TextMistake) in
            try TextForm.account.check(text)
            return text
        }
    }

    /// `env:`, whose texts may refer to what `setup` named.
    func environment(_ node: Node) -> [(name: String, value: Template)] {
        guard let entries = mapping(node, "variables with their values") else { return [] }
        return entries.compactMap { entry in
            do { try TextForm.environmentName.check(entry.key) } catch {
                report.mistake(entry.keyLocation, "\(Node.Scalar.shown(entry.key)) cannot be a variable's name")
            }
            return template(entry.value, "a text", .world).map { (entry.key, $0) }
        }
    }

    /// `options:`
    func options(_ node: Node) -> ScenarioOptions {
        var options = ScenarioOptions()
        guard let section = open(node, Keys.options) else { return options }
        options.clock = section["clock"].flatMap { formed($0.value, .moment, MomentText.parseISO) }
        options.frozen = section["frozen"].flatMap { boolean($0.value, called: "`frozen`") }
        options.quotas = section["quotas"].flatMap { quotas($0.value) }
        options.delivery = section["delivery"].flatMap { delivery($0.value) }
        options.propagation = section["propagation"].flatMap { entry in
            open(entry.value, Keys.propagation).flatMap { $0["iam"] }.flatMap { duration($0.value) }
        }
        options.issuers = section["issuers"].map { issuers($0.value) } ?? [:]
        options.kms = section["kms"].map { kmsKeys($0.value) } ?? [:]
        options.organization = section["organization"].flatMap { organization($0.value) }
        options.transitions = section["transitions"].map { transitions($0.value) } ?? [:]
        if let auth = section["auth"], auth.value.scalar?.bool == nil {
            options.auth = choice(auth.value, AuthMode.allCases.map(\.rawValue), called: "`auth`")
                .flatMap { AuthMode(rawValue: $0) }
        } else if let auth = section["auth"] {
            report.mistake(auth.value.location, "`auth` is `off`, `verify` or `enforce`, found \(auth.value.kindName)")
        }
        return options
    }

    /// `delivery:`
    private func delivery(_ node: Node) -> QueueDelivery? {
        guard let section = open(node, Keys.delivery) else { return nil }
        var delivery = QueueDelivery()
        if let share = section["duplicates"] {
            delivery.duplicates = number(share.value, 0...1, called: "`duplicates`") ?? 0
        }
        if let disorder = section["disorder"] {
            delivery.disorder = boolean(disorder.value, called: "`disorder`") ?? false
        }
        if let most = section["inFlight"] {
            delivery.inFlight = integer(most, 1...QueueDelivery.mostInFlight) ?? QueueDelivery.mostInFlight
        }
        if let lag = section["lag"], let span = duration(lag.value) {
            if span > QueueDelivery.longestLag {
                report.mistake(lag.value.location, "`lag` is at most 1m: by then AWS's counts are right again")
            }
            delivery.lag = span
        }
        return delivery
    }
}
