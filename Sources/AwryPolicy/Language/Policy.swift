// SPDX-License-Identifier: Apache-2.0

/// A policy document, read and ready to be judged by.
public struct Policy: Sendable {
    /// Which edition of the language a document is written in.
    public enum Version: String, Sendable {
        /// The older one, in which `${…}` is only text; what a document without a version is taken for.
        case v2008 = "2008-10-17"
        case v2012 = "2012-10-17"
    }

    /// Which edition of the language it is written in.
    public let version: Version
    /// The document's own name, if it gives one.
    public let id: String?
    /// Its statements, in order.
    public let statements: [Statement]
    /// The document as written: places in it are found when somebody asks.
    let source: [UInt8]

    /// Where a statement begins and ends in the text, as IAM's simulator tells it: behind the last sign before it, and
    /// behind its own last one; nil where it has no such statement.
    public func place(ofStatement index: Int) -> (start: TextPlace, end: TextPlace)? {
        guard let range = JSONPlaces.range(of: [.member("Statement"), .element(index)], in: source) else { return nil }
        let before = source[..<range.lowerBound].lastIndex { $0 > 0x20 }.map { $0 + 1 } ?? range.lowerBound
        return (TextPlace(before, in: source), TextPlace(range.upperBound, in: source))
    }
}

/// A line and a column of a text, each from 1; columns count bytes.
public struct TextPlace: Sendable, Hashable {
    /// The line.
    public let line: Int
    /// The column, in bytes.
    public let column: Int

    /// The place of a byte.
    init(_ offset: Int, in text: [UInt8]) {
        let before = text.prefix(offset)
        line = before.count { $0 == UInt8(ascii: "\n") } + 1
        column = offset - (before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0) + 1
    }
}

/// One statement of a policy. An object, because many are looked at for each call, and none is copied.
public final class Statement: Sendable {
    /// What a statement says of what it speaks of.
    public enum Effect: String, Sendable {
        case allow = "Allow"
        case deny = "Deny"
    }

    /// What it does to requests of which it speaks.
    public let effect: Effect
    /// The statement's own name, if it gives one.
    public let sid: String?
    let actions: PatternList
    /// Nil where the statement speaks of no resource, as in trust policies: then it speaks of any.
    let resources: PatternList?
    /// Nil in policies of an identity.
    let principals: PrincipalList?
    let conditions: [Condition]

    init(
        effect: Effect, sid: String?, actions: PatternList, resources: PatternList?, principals: PrincipalList?,
        conditions: [Condition]
    ) {
        self.effect = effect
        self.sid = sid
        self.actions = actions
        self.resources = resources
        self.principals = principals
        self.conditions = conditions
    }
}

/// Patterns of which one must match, or (`NotAction`, `NotResource`) none may.
struct PatternList: Sendable {
    let patterns: [Pattern]
    let isExcluding: Bool

    func matches(_ subject: [UInt8], _ keys: any ConditionKeys) -> Bool {
        patterns.contains { $0.matches(subject, keys) } != isExcluding
    }
}
