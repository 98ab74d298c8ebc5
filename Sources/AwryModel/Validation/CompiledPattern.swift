// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Synchronization

/// A shape's pattern in a form that can be matched, made once for each shape.
final class CompiledPattern: Sendable {
    /// Nil where PCRE2 cannot read the pattern, even translated (a few are mistakes of the model): then any text
    /// matches.
    let regex: Regex?

    init(_ pattern: String) {
        regex = JavaPattern.translated(pattern).flatMap { try? Regex($0, anchored: true) }
    }
}

extension Shape {
    /// Whether a text matches the shape's pattern as a whole; true where it has none, or none that can be compiled.
    public func matchesPattern(_ text: String) -> Bool {
        guard let pattern = limits.pattern else { return true }
        let compiled = compiledPattern.load() ?? compiledPattern.storeIfNil(CompiledPattern(pattern))
        return compiled.regex?.matches(text) ?? true
    }

    /// Whether the shape has a pattern that PCRE2 cannot read, so that it is not enforced.
    public var hasUnreadablePattern: Bool {
        guard let pattern = limits.pattern else { return false }
        return CompiledPattern(pattern).regex == nil
    }
}
