// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// An attribute that a pool's users may have.
struct SchemaAttribute: Sendable {
    enum Kind: String, Sendable {
        case string = "String"
        case number = "Number"
        case dateTime = "DateTime"
        case boolean = "Boolean"
    }

    /// With its prefix: `custom:tier`.
    var name: String
    var kind: Kind
    var isMutable = true
    var isRequired = false
    var isForDevelopers = false
    /// The least and greatest length of a text, or value of a number; texts, as the API has them.
    var least: String?
    var most: String?

    /// The attributes that every pool has, after OpenID Connect ("Working with user attributes" of Cognito's guide).
    static let standard: [SchemaAttribute] =
        [SchemaAttribute(name: "sub", kind: .string, isMutable: false, isRequired: true, least: "1", most: "2048")]
        + [
            "name", "given_name", "family_name", "middle_name", "nickname", "preferred_username", "profile", "picture",
            "website", "email",
        ].map { SchemaAttribute(name: $0, kind: .string, least: "0", most: "2048") }
        + [
            SchemaAttribute(name: "email_verified", kind: .boolean),
            SchemaAttribute(name: "gender", kind: .string, least: "0", most: "2048"),
            SchemaAttribute(name: "birthdate", kind: .string, least: "10", most: "10"),
        ]
        + ["zoneinfo", "locale", "phone_number"].map {
            SchemaAttribute(name: $0, kind: .string, least: "0", most: "2048")
        }
        + [
            SchemaAttribute(name: "phone_number_verified", kind: .boolean),
            SchemaAttribute(name: "address", kind: .string, least: "0", most: "2048"),
            SchemaAttribute(name: "updated_at", kind: .number, least: "0"),
            SchemaAttribute(name: "identities", kind: .string),
        ]

    /// As `DescribeUserPool` shows it.
    var described: Value {
        var fields: Fields = [
            "Name": .string(name), "AttributeDataType": .string(kind.rawValue),
            "DeveloperOnlyAttribute": .bool(isForDevelopers), "Mutable": .bool(isMutable),
            "Required": .bool(isRequired),
        ]
        func bounds(_ low: String, _ high: String) -> Value {
            var bounds: Fields = [:]
            if let least { bounds[low] = .string(least) }
            if let most { bounds[high] = .string(most) }
            return .structure(bounds)
        }
        switch kind {
        case .string: fields["StringAttributeConstraints"] = bounds("MinLength", "MaxLength")
        case .number: fields["NumberAttributeConstraints"] = bounds("MinValue", "MaxValue")
        case .boolean, .dateTime: break
        }
        return .structure(fields)
    }

    /// Why a value cannot be the attribute's; nil where it can.
    func refusal(of value: String) -> String? {
        if let breach = breach(by: value) { return "Attributes did not conform to the schema: \(name): \(breach)" }
        switch name {
        case "email" where !value.isEmpty && !Self.isAddress(value): return "Invalid email address format."
        case "phone_number" where !value.isEmpty && !Self.isTelephone(value): return "Invalid phone number format."
        default: return nil
        }
    }

    /// How a value breaks the attribute's kind or bounds.
    private func breach(by value: String) -> String? {
        switch kind {
        case .string:
            let letters = value.unicodeScalars.count
            if let least = least.flatMap({ Int($0) }), letters < least {
                return "String must be at least \(least) characters long"
            }
            if let most = most.flatMap({ Int($0) }), letters > most {
                return "String must be no longer than \(most) characters"
            }
        case .number:
            guard let number = Double(value) else { return "Attribute value must be a number" }
            if let least = least.flatMap({ Double($0) }), number < least {
                return "Number must be no less than \(least)"
            }
            if let most = most.flatMap({ Double($0) }), number > most {
                return "Number must be no more than \(most)"
            }
        case .boolean:
            if !["true", "false"].contains(value.lowercased()) { return "Attribute value must be a boolean" }
        case .dateTime: break
        }
        return nil
    }

    /// Whether a text looks like an e-mail address: something, one @, a domain with a dot and no blank anywhere.
    static func isAddress(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !text.contains(where: \.isWhitespace) else { return false }
        let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
        return labels.count > 1 && labels.allSatisfy { !$0.isEmpty }
    }

    /// Whether a text is a number of E.164: a plus and up to 15 digits.
    static func isTelephone(_ text: String) -> Bool {
        text.utf8.first == UInt8(ascii: "+") && (2...16).contains(text.utf8.count)
            && text.utf8.dropFirst().allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}
