// SPDX-License-Identifier: Apache-2.0

/// A step of a path into a record.
enum SelectStep: Sendable, Equatable {
    /// Only a quoted name is compared with its letter case.
    case name(String, isQuoted: Bool)
    case index(Int)
    /// All elements, or all members' values: in FROM alone.
    case every
}

/// What CAST makes.
enum SelectType: String, Sendable, CaseIterable {
    case bool, int, integer, string, float, decimal, numeric, timestamp, boolean
}

/// A function of all records.
enum SelectAggregate: String, Sendable, CaseIterable {
    case avg, count, max, min, sum
}

/// A value to be worked out for a record.
indirect enum SelectExpression: Sendable, Equatable {
    case literal(SelectValue)
    case path([SelectStep])
    case negative(SelectExpression)
    /// `+ - * / % ||`
    case arithmetic(String, SelectExpression, SelectExpression)
    /// `< > <= >= = <>`
    case comparison(String, SelectExpression, SelectExpression)
    case and(SelectExpression, SelectExpression)
    case or(SelectExpression, SelectExpression)
    case not(SelectExpression)
    case between(SelectExpression, SelectExpression, SelectExpression)
    case isIn(SelectExpression, [SelectExpression])
    case like(SelectExpression, SelectExpression, escape: SelectExpression?)
    case isNull(SelectExpression)
    case isMissing(SelectExpression)
    case cast(SelectExpression, SelectType)
    case choice(operand: SelectExpression?, cases: [SelectCase], otherwise: SelectExpression?)
    /// A function by its name in lower case; `word` is the date part or the side that some take.
    case call(String, word: String, [SelectExpression])
    /// The number of an aggregate of the statement.
    case aggregate(Int)
}

/// One WHEN of a CASE.
struct SelectCase: Sendable, Equatable {
    var when: SelectExpression
    var then: SelectExpression
}

/// A whole statement.
struct SelectStatement: Sendable, Equatable {
    /// What one record of the answer holds.
    struct Item: Sendable, Equatable {
        var expression: SelectExpression
        /// Its name; `_1`, `_2` by position where nothing gives it one.
        var name: String
    }

    /// An aggregate and what it is of; nil for `COUNT(*)`.
    struct Summary: Sendable, Equatable {
        var aggregate: SelectAggregate
        var operand: SelectExpression?
    }

    /// nil selects records as they are.
    var items: [Item]?
    /// The way from the object to its records.
    var source: [SelectStep] = []
    var alias: String?
    var condition: SelectExpression?
    var limit: Int?
    var summaries: [Summary] = []
}
