// SPDX-License-Identifier: Apache-2.0

/// The filter of `ListUsers`: an attribute, `=` or `^=`, and a value in quotation marks ("Searching for and managing
/// user accounts" of Cognito's guide).
struct PoolUserFilter {
    /// What can be searched for.
    static let attributes: Set<String> = [
        "username", "email", "phone_number", "name", "given_name", "family_name", "preferred_username",
        "cognito:user_status", "status", "sub",
    ]

    let attribute: String
    let isPrefix: Bool
    let value: String

    /// The filter that a text says; nil where it is none.
    init?(_ text: String) {
        guard let equals = text.firstIndex(of: "=") else { return nil }
        var name = text[..<equals]
        isPrefix = name.last == "^"
        if isPrefix { name.removeLast() }
        func trimmed(_ part: Substring) -> Substring {
            let front = part.drop(while: \.isWhitespace)
            let back = front.reversed().drop(while: \.isWhitespace)
            return Substring(String(back.reversed()))
        }
        var attribute = trimmed(name)
        if attribute.count > 1, attribute.first == "\"", attribute.last == "\"" {
            attribute = attribute.dropFirst().dropLast()
        }
        let quoted = trimmed(text[text.index(after: equals)...])
        guard quoted.count > 1, quoted.first == "\"", quoted.last == "\"" else { return nil }
        var value = ""
        var isEscaped = false
        for letter in quoted.dropFirst().dropLast() {
            if letter == "\\", !isEscaped {
                isEscaped = true
                continue
            }
            if letter == "\"", !isEscaped { return nil }
            value.append(letter)
            isEscaped = false
        }
        guard !isEscaped, !attribute.isEmpty else { return nil }
        self.attribute = String(attribute)
        self.value = value
    }

    /// Whether a user is searched for. Case counts in what is compared as a whole alone where the pool says so.
    func matches(_ user: PoolUser, in pool: UserPool) -> Bool {
        guard let found = found(in: user) else { return false }
        let (left, right) = pool.isCaseSensitive ? (found, value) : (found.lowercased(), value.lowercased())
        return isPrefix ? left.hasPrefix(right) : left == right
    }

    private func found(in user: PoolUser) -> String? {
        switch attribute {
        case "username": user.username
        case "sub": user.sub
        case "cognito:user_status": user.status.rawValue
        case "status": user.isEnabled ? "Enabled" : "Disabled"
        default: user.attributes[attribute]
        }
    }
}
