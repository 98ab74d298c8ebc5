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
                    let entry = "\"\(type.uppercased())\":\"\(text)\""
                    note(.principal(entry), path, "no such principal: \(type): \(text)")
                }
            }
        }
        return PrincipalList(entries: entries, isExcluding: isExcluding)
    }

    private func entry(_ type: String, _ text: String) -> PrincipalList.Entry? {
        switch type {
        case "AWS": awsEntry(text)
        case "Service": text == "*" ? .everyone : text.contains(".") ? .service(text) : nil
        case "Federated": text == "*" ? .everyone : isProvider(text) ? .federated(text) : nil
        case "CanonicalUser": text.isEmpty ? nil : .canonicalUser(text)
        default: nil
        }
    }

    /// Whether it is a provider's ARN, or one of those whom every account knows ("Principal" of the IAM User Guide).
    private func isProvider(_ text: String) -> Bool {
        kind != .trust || text.contains(":saml-provider/") || text.contains(":oidc-provider/")
            || [
                "accounts.google.com", "cognito-identity.amazonaws.com", "graph.facebook.com", "www.amazon.com",
            ].contains(text)
    }

    private func awsEntry(_ text: String) -> PrincipalList.Entry? {
        if text == "*" { return .everyone }
        if AccountID.isValid(text) { return .account(text) }
        if text.hasPrefix("AIDA") || text.hasPrefix("AROA") { return .uniqueID(text) }
        // No wildcard stands for a part of a name here.
        guard let arn = ARN(text), arn.service == "iam" || arn.service == "sts", arn.region.isEmpty,
            arn.account.utf8.count == 12, !arn.resource.isEmpty, !text.contains("*")
        else { return nil }
        return arn.resource == "root" ? .account(String(arn.account)) : .arn(text)
    }
}
