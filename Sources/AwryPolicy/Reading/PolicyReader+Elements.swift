// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// The elements of a statement.
extension PolicyReader {
    mutating func actions(_ fields: Fields, _ path: [PolicyStep]) -> PatternList? {
        let name = fields["NotAction"] == nil ? "Action" : "NotAction"
        guard let value = fields[name] else {
            note(.noActions, path, "expected an Action")
            return nil
        }
        let path = path + [.member(name)]
        guard let texts = texts(value, path) else { return nil }
        if texts.isEmpty { note(.noActions, path, "expected at least one action") }
        for (index, text) in texts.enumerated() {
            if let reason = wrong(inAction: text) {
                note(reason, path + [.element(index)], "expected an action such as s3:GetObject, found \(text)")
            } else if kind == .trust, !TrustActions.allow(text) {
                note(.trustAction, path + [.element(index)], "expected an action of STS, found \(text)")
            }
        }
        return PatternList(
            patterns: texts.map { Pattern($0, .wildcards, ignoringCase: true) }, isExcluding: name == "NotAction")
    }

    private func wrong(inAction text: String) -> PolicyMistake.Reason? {
        if text == "*" { return nil }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count > 1 else { return .actionVendor }
        guard parts.count == 2 else { return .actionColons }
        let isVendor = parts[0].unicodeScalars.allSatisfy {
            $0 == "-" || $0 == "." || ($0.isASCII && $0.properties.isAlphabetic) || ("0"..."9").contains($0)
        }
        return isVendor || parts[0] == "*" ? nil : .vendor(String(parts[0]))
    }

    mutating func resources(_ fields: Fields, _ path: [PolicyStep]) -> PatternList? {
        let name = fields["NotResource"] == nil ? "Resource" : "NotResource"
        guard let value = fields[name] else {
            if kind != .trust, kind != .any { note(.noResources, path, "expected a Resource") }
            return nil
        }
        let path = path + [.member(name)]
        if kind == .trust { note(.resourceNotAllowed(name), path, "a trust policy speaks of no resource but its role") }
        guard let texts = texts(value, path) else { return nil }
        if texts.isEmpty { note(.noResources, path, "expected at least one resource") }
        for (index, text) in texts.enumerated() {
            if let wrong = ResourceForm.mistake(in: text), kind != .any {
                note(.resource(wrong), path + [.element(index)], wrong)
            }
        }
        let reading: Pattern.Reading = version == .v2012 ? [.wildcards, .variables] : .wildcards
        return PatternList(patterns: texts.map { Pattern($0, reading) }, isExcluding: name == "NotResource")
    }

    mutating func conditions(_ fields: Fields, _ path: [PolicyStep]) -> [Condition] {
        guard let value = fields["Condition"] else { return [] }
        let path = path + [.member("Condition")]
        guard let operators = value.fields else {
            note(.syntax, path, "expected a mapping of operators, found \(value.kindName)")
            return []
        }
        var conditions: [Condition] = []
        for (name, value) in operators {
            let path = path + [.member(name)]
            guard let keys = value.fields else {
                note(.syntax, path, "expected a mapping of condition keys, found \(value.kindName)")
                continue
            }
            for (key, value) in keys {
                let path = path + [.member(key)]
                guard let texts = conditionTexts(value, path) else { continue }
                guard let condition = Condition(name, key: key, texts, version) else {
                    let near = Nearest.question(for: name, among: Condition.operators)
                    note(.conditionOperator(name), path, "no such operator: \(name)\(near)")
                    continue
                }
                checkDates(condition, path)
                conditions.append(condition)
            }
        }
        return conditions
    }

    /// Values of a condition, which may be written as texts, numbers and truth values.
    private mutating func conditionTexts(_ value: Value, _ path: [PolicyStep]) -> [String]? {
        let elements = value.list ?? [value]
        var texts: [String] = []
        for (index, element) in elements.enumerated() {
            switch element {
            case .string(let text): texts.append(text)
            case .bool(let flag): texts.append(flag ? "true" : "false")
            case .integer(let number): texts.append(String(number))
            case .double(let number): texts.append(String(number))
            default:
                note(.syntax, path + [.element(index)], "expected a string, found \(element.kindName)")
                return nil
            }
        }
        return texts
    }

    private mutating func checkDates(_ condition: Condition, _ path: [PolicyStep]) {
        guard condition.name.contains("Date"), kind != .any else { return }
        for (index, text) in condition.texts.enumerated() where Wanted.moment(text) == nil {
            note(.legacy, path + [.element(index)], "expected a date such as 2026-03-01T12:00:00Z, found \(text)")
        }
    }
}

/// What a trust policy may allow or deny.
private enum TrustActions {
    static func allow(_ text: String) -> Bool {
        text == "*" || text.lowercased().hasPrefix("sts:")
    }
}
