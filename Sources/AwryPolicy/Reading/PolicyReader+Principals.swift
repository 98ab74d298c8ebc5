// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// The `Principal` and `NotPrincipal` of a statement.
extension PolicyReader {
    mutating func principals(_ fields: Fields, _ path: [PolicyStep]) -> PrincipalList? {
        let name = fields["NotPrincipal"] == nil ? "Principal" : "NotPrincipal"
        guard let value = fields[name] else {
            if kind == .trust || kind == .resource { note(.noPrincipal, path, "expected a Principal") }
            return nil
        }
        let path = path + [.member(name)]
        if kind == .identity || kind == .organisation {
            note(.principalNotAllowed, path, "whom it speaks of is said by whom it is attached to")
        }
        let isExcluding = name == "NotPrincipal"
        if value == "*" { return PrincipalList(entries: [.everyone], isExcluding: isExcluding) }
        guard let kinds = value.fields else {
            let found = value.string ?? value.kindName
            note(.principal("\"\(found)\""), path, "expected \"*\" or a mapping such as {\"AWS\": …}, found \(found)")
            return PrincipalList(entries: [], isExcluding: isExcluding)
        }
        var entries: [PrincipalList.Entry] = []
        for (type, value) in kinds {
            guard let texts = texts(value, path + [.member(type)]) else { continue }
            for (index, text) in texts.enumerated() {
                if let entry = entry(type, text) {
                    entries.append(entry)
                } else {
                    let path = path + [.member(type), .element(index)]
                    note(.principal("\"\(type)\":\"\(text)\""), path, "no such principal: \(type): \(text)")
                }
            }
        }
        return PrincipalList(entries: entries, isExcluding: isExcluding)
    }

    private func entry(_ type: String, _ text: String) -> PrincipalList.Entry? {
        switch type {
        case "AWS": awsEntry(text)
        case "Service": text == "*" ? .everyone : text.contains(".") ? .service(text) : nil
        case "Federated": text == "*" ? .everyone : text.isEmpty ? nil : .federated(text)
        case "CanonicalUser": text.isEmpty ? nil : .canonicalUser(text)
        default: nil
        }
    }

    private func awsEntry(_ text: String) -> PrincipalList.Entry? {
        if text == "*" { return .everyone }
        if text.utf8.count == 12, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) { return .account(text) }
        if text.hasPrefix("AIDA") || text.hasPrefix("AROA") { return .uniqueID(text) }
        let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        // No wildcard stands for a part of a name here.
        guard parts.count == 6, parts[0] == "arn", parts[2] == "iam" || parts[2] == "sts", parts[3].isEmpty,
            parts[4].utf8.count == 12, !parts[5].isEmpty, !text.contains("*")
        else { return nil }
        return parts[5] == "root" ? .account(String(parts[4])) : .arn(text)
    }
}
