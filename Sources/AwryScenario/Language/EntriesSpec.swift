// SPDX-License-Identifier: Apache-2.0

/// `entries:` a batch of which some entries fail, in the operation's own way.
public struct EntriesSpec: Sendable {
    /// Which entries fail.
    public enum Choice: Sendable {
        /// Those in these positions, from 0.
        case positions([Int])
        /// The first so many.
        case first(Int)
        /// This share, drawn for each entry.
        case share(Double)
        /// Those whose members match: dotted path, pattern. An entry without members is the value itself, at no path.
        case matching([(path: [String], pattern: Pattern)])
    }

    /// Which.
    public var choice: Choice
    /// What each of them fails with; entries' codes are often outside the model. Nil where the operation gives entries
    /// back without saying why.
    public var error: ErrorSpec?

    /// Entries chosen so, failing so.
    public init(_ choice: Choice, error: ErrorSpec?) {
        self.choice = choice
        self.error = error
    }
}
