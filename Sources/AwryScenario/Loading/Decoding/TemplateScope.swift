// SPDX-License-Identifier: Apache-2.0

import AwryModel

/// What `${…}` may refer to at a place.
enum TemplateScope {
    /// In rules: the request and what `setup` named.
    case request(Reach)
    /// In `setup` and `env`: what `setup` named, and where.
    case world

    static let requestNames = [
        "params", "account", "region", "service", "operation", "requestId", "nth", "attempt", "now",
        "authorizationMessage",
    ]
    static let worldNames = ["account", "region"]

    var names: [String] {
        if case .request = self { TemplateScope.requestNames } else { TemplateScope.worldNames }
    }
}

extension ScenarioDecoder {
    /// A text in which `${…}` may stand; its references are checked.
    func template(_ node: Node, _ wanted: String, _ scope: TemplateScope) -> Template? {
        guard let text = text(node, wanted) else { return nil }
        return template(text, node.location, scope)
    }

    /// The template that a text is.
    func template(_ text: String, _ location: SourceLocation, _ scope: TemplateScope) -> Template? {
        do {
            let template = try Template.parse(text)
            for path in template.references { check(path, location, scope) }
            return template
        } catch {
            report.mistake(location, error.message)
            return nil
        }
    }

    private func check(_ path: [String], _ location: SourceLocation, _ scope: TemplateScope) {
        let written = "${\(path.joined(separator: "."))}"
        let root = path[0]
        if let alias = aliases[root] {
            checkOutput(path, alias, location, written)
            return
        }
        if scope.names.contains("now") {
            do {
                if try MomentText.offset(path.joined(separator: ".")) != nil { return }
            } catch {
                report.mistake(location, "`\(written)`: \(error.message)")
                return
            }
        }
        guard scope.names.contains(root) else {
            let near = Words.question(for: root, among: scope.names + aliases.keys.sorted())
            report.mistake(
                location,
                "\(Node.Scalar.shown(written)): nothing is called `\(root)`\(near.isEmpty ? known(scope) : near)")
            return
        }
        guard root == "params" else {
            if path.count > 1 { report.mistake(location, "`\(written)`: `\(root)` is a text without members") }
            return
        }
        guard path.count > 1 else {
            report.mistake(location, "`${params}` needs a member, such as `${params.StreamName}`")
            return
        }
        if case .request(let reach) = scope {
            _ = inputType(Array(path.dropFirst()), reach, location, written: written)
        }
    }

    private func known(_ scope: TemplateScope) -> String {
        let names = scope.names + aliases.keys.sorted()
        return "; there are \(Words.list(names, last: "and")), and a literal `${` is written `$${`"
    }

    private func checkOutput(_ path: [String], _ alias: Alias, _ location: SourceLocation, _ written: String) {
        let name = "\(alias.service.name).\(alias.operation.name)"
        guard path.count > 1 else {
            let members = alias.operation.output.map { alias.service[$0].members.map(\.name) } ?? []
            let choice = members.isEmpty ? "" : "; it has \(Words.list(members, last: "and"))"
            report.mistake(location, "`\(written)` is the whole output of \(name); name a member of it\(choice)")
            return
        }
        switch ParamPath.follow(path.dropFirst(), from: alias.operation.output, in: alias.service) {
        case .any: return
        case .missing(let part, let candidates):
            let near =
                candidates == ["*"]
                ? "; it is a list: write a position from 0"
                : Words.question(for: part, among: candidates, orAll: "there are")
            report.mistake(location, "`\(written)`: the output of \(name) has no `\(part)`\(near)")
        case .shape(let shape, _):
            switch shape.kind {
            case .structure, .list, .map:
                report.mistake(location, "`\(written)` is no single value; name a member of it")
            default: return
            }
        }
    }
}
