// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Words for an error of which only the name is known: what its name says, and nothing that it doesn't.
enum UsualMessages {
    /// Texts for names that many services share, beside the families'.
    private static let known: [String: String] = [
        "ConflictException": "The request conflicts with the current state of the resource.",
        "ConcurrentModificationException": "The resource is being modified by another request.",
        "ForbiddenException": "Forbidden",
        "BadRequestException": "The request is not valid.",
        "LimitExceededException": "The request exceeds a limit of the account.",
        "NotFoundException": "The requested resource was not found.",
        "PreconditionFailedException": "The precondition is not met.",
        "ProvisionedThroughputExceededException": "Rate exceeded",
        "RequestLimitExceeded": "Rate exceeded",
        "ResourceAlreadyExistsException": "The resource already exists.",
        "ResourceInUseException": "The resource is in use.",
        "ResourceNotFoundException": "The requested resource was not found.",
        "ServiceException": "An internal error occurred. Please try again.",
        "ServiceQuotaExceededException": "The request exceeds a service quota of the account.",
        "TooManyRequestsException": "Rate exceeded",
        "TooManyTagsException": "The resource has as many tags as it may have.",
        "UnauthorizedException": "Unauthorized",
    ]

    /// How a name ends, and what it says of what stands before.
    private static let endings: [(words: [String], before: String, after: String)] = [
        (["already", "exists"], "The ", " already exists."),
        (["already", "exist"], "The ", " already exists."),
        (["does", "not", "exist"], "The ", " does not exist."),
        (["not", "found"], "The ", " was not found."),
        (["in", "use"], "The ", " is in use."),
        (["limit", "exceeded"], "The limit of the ", " was exceeded."),
        (["quota", "exceeded"], "The quota of the ", " was exceeded."),
        (["not", "supported"], "The ", " is not supported."),
        (["access", "denied"], "Access to the ", " was denied."),
        (["disabled"], "The ", " is disabled."),
        (["too", "large"], "The ", " is too large."),
    ]

    /// The usual text of an error of this name (a shape's).
    static func message(for name: String, fault: Fault) -> String {
        if let text = known[name] { return text }
        var words = words(of: name)
        if let last = words.last, words.count > 1, ["exception", "fault", "error"].contains(last) {
            words.removeLast()
        }
        if fault == .server, words.first == "internal" { return "An internal error occurred. Please try again." }
        for ending in endings where words.count > ending.words.count {
            guard words.suffix(ending.words.count).elementsEqual(ending.words) else { continue }
            return ending.before + words.dropLast(ending.words.count).joined(separator: " ") + ending.after
        }
        if words.first == "invalid", words.count > 1 {
            return "The \(words.dropFirst().joined(separator: " ")) is not valid."
        }
        if words.first == "no", words.count > 2, words[1] == "such" {
            return "The \(words.dropFirst(2).joined(separator: " ")) does not exist."
        }
        let sentence = words.joined(separator: " ")
        return sentence.prefix(1).uppercased() + sentence.dropFirst() + "."
    }

    /// The words of a name, in lower case but for abbreviations: `DBClusterNotFoundFault` gives DB, cluster, not,
    /// found, fault.
    static func words(of name: String) -> [String] {
        var words: [[Character]] = []
        let letters = Array(name)
        for (position, letter) in letters.enumerated() {
            guard letter.isLetter || letter.isNumber else {
                words.append([])
                continue
            }
            let before = position > 0 ? letters[position - 1] : " "
            let after = position + 1 < letters.count ? letters[position + 1] : " "
            let begins = letter.isUppercase && (!before.isUppercase || after.isLowercase)
            if begins || words.isEmpty { words.append([letter]) } else { words[words.count - 1].append(letter) }
        }
        return words.filter { !$0.isEmpty }.map { word in
            let isAbbreviation = word.count > 1 && word.allSatisfy { !$0.isLowercase }
            return isAbbreviation ? String(word) : String(word).lowercased()
        }
    }
}
