// SPDX-License-Identifier: Apache-2.0

/// By which names models tell what failed, what succeeded and what is what: all compared without case.
enum NameHabits {
    /// Of a list or map of the output: `Failed`, `Errors`, `UnprocessedItems`, `Unsuccessful`, `InvalidParameters`,
    /// `JobsNotFound`, `MissingWorkflows`.
    static func tellsFailure(_ name: String) -> Bool {
        let name = name.lowercased()
        let words = ["fail", "error", "unprocess", "unsuccess", "invalid", "notfound", "notdeleted", "missing"]
        return words.contains { name.contains($0) }
    }

    /// Of a list of the output: `Successful`, `Deleted`, `SuccessfulSubmissions`.
    static func tellsSuccess(_ name: String) -> Bool {
        let name = name.lowercased()
        return (name.hasPrefix("succe") || name == "deleted") && !tellsFailure(name)
    }

    /// Of a number of the output.
    static func countsFailures(_ name: String) -> Bool {
        let name = name.lowercased()
        return name.hasPrefix("failed") && name.hasSuffix("count")
    }

    /// Of an operation that works through many.
    static func isBatch(_ name: String) -> Bool {
        let name = name.lowercased()
        return name.hasPrefix("batch") || name.hasPrefix("put")
    }

    /// Of an operation that lists what there is.
    static func lists(_ name: String) -> Bool {
        let name = name.lowercased()
        return ["describe", "list", "search", "query", "scan"].contains { name.hasPrefix($0) }
    }

    /// Of the member that holds a failure's code, the likeliest first.
    static func isCode(_ name: String, isSure: Bool) -> Bool {
        let name = name.lowercased()
        if isSure { return ["code", "errorcode"].contains(name) || name.hasSuffix("failurecode") }
        let words = ["errortype", "errorname", "exceptionname", "exceptiontype", "statuscode", "resultcode"]
        return name == "error" || words.contains { name.hasSuffix($0) }
    }

    /// Of the member that holds a failure's message.
    static func isMessage(_ name: String) -> Bool {
        let name = name.lowercased()
        return ["message", "reason", "description"].contains { name.hasSuffix($0) }
    }

    /// Of the structure within a failure that holds both.
    static func isError(_ name: String) -> Bool {
        ["error", "errordetail", "errordetails", "exception", "failure"].contains(name.lowercased())
    }

    /// A list's name without what makes it many: `UserIdList` and `UserIds` are both `userid`.
    static func singular(_ name: String) -> String {
        var name = name.lowercased()
        for ending in ["list", "set", "items", "entries", "requests"] where name.hasSuffix(ending) {
            let rest = String(name.dropLast(ending.count))
            if !rest.isEmpty { name = rest }
        }
        if name.hasSuffix("ies") { return name.dropLast(3) + "y" }
        return name.hasSuffix("s") ? String(name.dropLast()) : name
    }

    /// Whether one name ends with the other: `TargetId` names what `Id` does.
    static func agree(_ first: String, _ second: String) -> Bool {
        let (first, second) = (first.lowercased(), second.lowercased())
        return first.hasSuffix(second) || second.hasSuffix(first)
    }
}
