// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Testing

@testable import AwryModel

@Suite struct JavaPatternTests {
    private func matches(_ pattern: String, _ text: String) throws -> Bool {
        let translated = try #require(JavaPattern.translated(pattern), "\(pattern)")
        return try Regex(translated, anchored: true).matches(text)
    }

    @Test(arguments: [
        // Java's \w, \d and \s are ASCII.
        (#"\w+"#, "abc_9", true), (#"\w+"#, "\u{E9}", false), (#"\d+"#, "\u{0663}", false), (#"\s"#, "\u{A0}", false),
        (#"[\w\W]*"#, "\u{E9}\n ", true), (#"\W"#, "\u{E9}", true), (#"[^\s]+"#, "a\u{A0}", true),
        (#"[\D]+"#, "1", false),
        // A hyphen beside a class stands for itself.
        (#"[\w-.]+"#, "a-.", true), (#"[\w-.]+"#, "a+", false), (#"[.-\w]+"#, "a-.", true), (#"[\w-]+"#, "a-", true),
        // Escapes of characters, in pairs too.
        (#"\u0041"#, "A", true), (#"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF]+"#, "a\u{1F600}", true),
        (#"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF]+"#, "\u{1}", false),
        // Java's names of classes.
        (#"\p{Print}+"#, "a b", true), (#"\p{Print}+"#, "\u{E9}", false), (#"[\p{Alnum}_]+"#, "a_1", true),
        (#"^\p{ASCII}+$"#, "a~", true), (#"[^\p{Cntrl}]*"#, "\u{7F}", false), (#"[\p{all}]*"#, "\u{1F600}", true),
        (#"[\p{L}\p{Z}\p{N}_.:/=+\-@]*"#, "\u{E9} 1", true), (#"\P{C}+"#, "a\u{E9}", true),
        // What needs no translation keeps its meaning.
        (#"[]a]+"#, "]a", true), (#"a\]b"#, "a]b", true), (#"[a-z\]]+"#, "a]", true),
    ])
    func readsAsJavaDoes(pattern: String, text: String, expected: Bool) throws {
        #expect(try matches(pattern, text) == expected)
    }

    @Test(arguments: [#"[\p{Print}&&[^|]]+"#, #"[\uD800]"#, #"\u12"#, #"a\"#])
    func refusesWhatHasNoTwin(pattern: String) {
        #expect(JavaPattern.translated(pattern) == nil)
    }
}
