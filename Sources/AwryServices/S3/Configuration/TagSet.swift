// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Tags as a call gives them, looked at as S3 does ("Tag restrictions" of the Billing and Cost Management guide,
/// "Categorizing your objects using tags" of S3's).
struct TagSet {
    /// Whose tags they are, as S3 counts them in its message.
    enum Holder: String {
        case bucket = "Bucket tag count"
        case object = "Object tags"

        /// The most tags.
        var limit: Int { self == .bucket ? S3Limits.tagsOfBucket : S3Limits.tagsOfObject }
    }

    /// Values by keys.
    let tags: Fields

    /// The tags of these structures.
    init(_ structures: [InputReader], of holder: Holder, _ call: FakeCall) throws(WireError) {
        try self.init(structures.map { ($0.text("Key"), $0.text("Value")) }, of: holder, call)
    }

    /// These tags.
    init(_ pairs: [(key: String, value: String)], of holder: Holder, _ call: FakeCall) throws(WireError) {
        var tags: Fields = [:]
        for (key, value) in pairs {
            if tags[key] != nil {
                throw Self.invalid("Cannot provide multiple Tags with the same key", key, value, call)
            }
            if key.isEmpty || key.unicodeScalars.count > S3Limits.tagKeyLetters || !Self.isAllowed(key) {
                throw Self.invalid("The TagKey you have provided is invalid", key, value, call)
            }
            if value.unicodeScalars.count > S3Limits.tagValueLetters || !Self.isAllowed(value) {
                throw Self.invalid("The TagValue you have provided is invalid", key, value, call)
            }
            if key.hasPrefix("aws:") {
                throw Self.invalid("System tags cannot be added/updated by requester", key, value, call)
            }
            tags[key] = .string(value)
        }
        guard tags.count <= holder.limit else {
            throw call.refusal(
                "BadRequest", message: "\(holder.rawValue) cannot be greater than \(holder.limit)")
        }
        self.tags = tags
    }

    /// As outputs hold tags.
    static func shown(_ tags: Fields) -> Value {
        .list(tags.map { ["Key": .string($0.name), "Value": $0.value] })
    }

    private static func invalid(_ message: String, _ key: String, _ value: String, _ call: FakeCall) -> WireError {
        call.refusal("InvalidTag", ["TagKey": .string(key), "TagValue": .string(value)], message: message)
    }

    /// Letters, spaces and digits of any script, and a few signs.
    private static func isAllowed(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { scalar in
            if "_.:/=+-@".unicodeScalars.contains(scalar) { return true }
            switch scalar.properties.generalCategory {
            case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
                .letterNumber, .otherNumber, .spaceSeparator, .lineSeparator, .paragraphSeparator:
                return true
            default: return false
            }
        }
    }
}

extension Bucket {
    /// Takes over the tags that CreateBucket gives.
    mutating func adoptTags(of call: FakeCall) throws(WireError) {
        let given = call.members.structure("CreateBucketConfiguration")?.structures("Tags") ?? []
        if given.isEmpty { return }
        let tags = try TagSet(given, of: .bucket, call).tags
        configuration[.tagging] = ["TagSet": TagSet.shown(tags)]
    }
}
