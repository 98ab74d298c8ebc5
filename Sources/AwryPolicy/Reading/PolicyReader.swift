// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension Policy {
    /// Reads a document (IAM User Guide, "Grammar of the IAM JSON policy language"). Of several mistakes the one that
    /// AWS would tell is thrown.
    public init(_ text: String, as kind: PolicyKind) throws(PolicyMistake) {
        let source = Array(text.utf8)
        var reader = PolicyReader(source: source, kind: kind)
        let document: Value
        do throws(JSON.Mistake) {
            document = try JSON.parse(source[...], limits: JSON.Limits(depth: 12, values: 50_000))
        } catch {
            throw PolicyMistake(
                reason: .notJSON, detail: error.message, place: TextPlace(error.offset, in: source))
        }
        let read = reader.policy(document)
        // The earliest stage, and in it the first.
        if let first = reader.mistakes.map(\.stage).min(),
            let told = reader.mistakes.first(where: { $0.stage == first })
        {
            throw told
        }
        self = read
    }

    /// Every mistake of a document, in the order in which they stand.
    public static func mistakes(in text: String, as kind: PolicyKind) -> [PolicyMistake] {
        let source = Array(text.utf8)
        var reader = PolicyReader(source: source, kind: kind)
        do throws(JSON.Mistake) {
            _ = reader.policy(try JSON.parse(source[...], limits: JSON.Limits(depth: 12, values: 50_000)))
            return reader.mistakes
        } catch {
            return [
                PolicyMistake(reason: .notJSON, detail: error.message, place: TextPlace(error.offset, in: source))
            ]
        }
    }
}

/// Makes a policy of a JSON value, and notes what is wrong with it on the way.
struct PolicyReader {
    let source: [UInt8]
    let kind: PolicyKind
    var version: Policy.Version = .v2008
    private(set) var mistakes: [PolicyMistake] = []
    private var sids: Set<String> = []

    init(source: [UInt8], kind: PolicyKind) {
        self.source = source
        self.kind = kind
    }

    mutating func note(_ reason: PolicyMistake.Reason, _ path: [PolicyStep], _ detail: String) {
        // Finding a place is a walk over the text, and nobody reads a thousand mistakes.
        guard mistakes.count < 100 else { return }
        mistakes.append(
            PolicyMistake(reason: reason, detail: detail, place: JSONPlaces.place(of: path, in: source), path: path))
    }

    /// Notes elements that the grammar does not know.
    mutating func checkNames(_ fields: Fields, _ known: [String], _ path: [PolicyStep]) {
        for name in fields.names where !known.contains(name) {
            let near = Nearest.question(for: name, among: known)
            note(.unknownElement(name), path + [.member(name)], "no such element: \(name)\(near)")
        }
    }

    mutating func policy(_ document: Value) -> Policy {
        guard let fields = document.fields else {
            note(.notJSON, [], "expected a mapping, found \(document.kindName)")
            return Policy(version: version, id: nil, statements: [], source: source)
        }
        checkNames(fields, ["Version", "Id", "Statement"], [])
        readVersion(fields)
        if let id = fields["Id"], id.string == nil { note(.syntax, [.member("Id")], "expected a string") }
        var statements: [Statement] = []
        switch fields["Statement"] {
        case .list(let elements) where !elements.isEmpty:
            for (index, element) in elements.enumerated() {
                if let statement = statement(element, [.member("Statement"), .element(index)]) {
                    statements.append(statement)
                }
            }
        case .structure(let only):
            if let statement = statement(.structure(only), [.member("Statement")]) { statements.append(statement) }
        case let other:
            note(
                .missing("Statement"), [.member("Statement")],
                "expected a statement or a list of them, found \(other?.kindName ?? "nothing")")
        }
        return Policy(version: version, id: fields["Id"]?.string, statements: statements, source: source)
    }

    private mutating func readVersion(_ fields: Fields) {
        let path = [PolicyStep.member("Version")]
        guard let value = fields["Version"] else {
            // IAM takes none of an identity that lacks it, or is older.
            if kind == .identity { note(.version, path, "expected a Version of 2012-10-17, found none") }
            return
        }
        guard let version = value.string.flatMap({ Policy.Version(rawValue: $0) }) else {
            note(kind == .resource ? .version : .syntax, path, "expected 2012-10-17 or 2008-10-17")
            return
        }
        self.version = version
        if kind == .identity, version != .v2012 { note(.version, path, "expected 2012-10-17, found 2008-10-17") }
    }

    private static let elements = [
        "Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition",
    ]

    private mutating func statement(_ value: Value, _ path: [PolicyStep]) -> Statement? {
        guard let fields = value.fields else {
            note(.syntax, path, "expected a statement, found \(value.kindName)")
            return nil
        }
        checkNames(fields, Self.elements, path)
        for name in ["Action", "Resource", "Principal"] where fields[name] != nil && fields["Not" + name] != nil {
            note(.syntax, path + [.member("Not" + name)], "\(name) and Not\(name) exclude each other")
        }
        readSid(fields, path)
        let effect = effect(fields, path)
        let actions = actions(fields, path)
        let resources = resources(fields, path)
        let principals = principals(fields, path)
        let conditions = conditions(fields, path)
        guard let effect, let actions else { return nil }
        return Statement(
            effect: effect, sid: fields["Sid"]?.string, actions: actions, resources: resources, principals: principals,
            conditions: conditions)
    }

    private mutating func readSid(_ fields: Fields, _ path: [PolicyStep]) {
        guard let value = fields["Sid"] else { return }
        let path = path + [.member("Sid")]
        guard let sid = value.string else { return note(.syntax, path, "expected a string, found \(value.kindName)") }
        let isPlain = sid.utf8.allSatisfy(\.isAlphanumeric)
        if kind == .identity, !isPlain { note(.sidSigns, path, "expected letters and digits, found \(sid)") }
        if !sid.isEmpty, !sids.insert(sid).inserted { note(.duplicateSid, path, "another statement is called \(sid)") }
    }

    private mutating func effect(_ fields: Fields, _ path: [PolicyStep]) -> Statement.Effect? {
        let path = path + [.member("Effect")]
        guard let value = fields["Effect"] else {
            note(.missing("Effect"), path, "expected an Effect: Allow or Deny")
            return nil
        }
        guard let text = value.string else {
            note(.syntax, path, "expected Allow or Deny, found \(value.kindName)")
            return nil
        }
        if let effect = Statement.Effect(rawValue: text) { return effect }
        let isOnlyCase = ["allow", "deny"].contains(text.lowercased())
        note(isOnlyCase && kind != .resource ? .legacy : .effect(text), path, "expected Allow or Deny, found \(text)")
        return nil
    }

    /// The texts of an element that is one or a list of them; nil where it is something else, which is noted.
    mutating func texts(_ value: Value, _ path: [PolicyStep]) -> [String]? {
        switch value {
        case .string(let text): return [text]
        case .list(let elements):
            var texts: [String] = []
            for (index, element) in elements.enumerated() {
                // IAM passes over a null in a list.
                if element == .null { continue }
                guard let text = element.string else {
                    note(.syntax, path + [.element(index)], "expected a string, found \(element.kindName)")
                    return nil
                }
                texts.append(text)
            }
            return texts
        default:
            note(.syntax, path, "expected a string or a list of strings, found \(value.kindName)")
            return nil
        }
    }
}
