// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Testing

struct GlobTests {
    @Test(arguments: [
        ("DescribeStream", "DescribeStream", true),
        ("DescribeStream", "DescribeStreamSummary", false),
        ("Describe*", "DescribeStreamSummary", true),
        ("*Stream", "DescribeStream", true),
        ("*Stream", "DescribeStreamSummary", false),
        ("*", "", true),
        ("", "", true),
        ("", "a", false),
        ("?", "a", true),
        ("?", "", false),
        ("a?c", "abc", true),
        ("2024/*", "2024/a/b", true),
        ("a*b*c", "aXbYbZc", true),
        ("a*b*c", "aXbYbZ", false),
        ("\\*", "*", true),
        ("\\*", "a", false),
        ("a\\", "a\\", true),
        ("é?", "éü", true),
        ("[ab]", "a", false),
        ("[ab]", "[ab]", true),
        ("**a", "ba", true),
    ])
    func matches(pattern: String, text: String, expected: Bool) {
        #expect(Glob(pattern).matches(text) == expected)
    }

    @Test func foldsOnlyWhenAsked() {
        #expect(!Glob("s3.put*").matches("S3.PutObject"))
        #expect(Glob("s3.put*", ignoringCase: true).matches("S3.PutObject"))
    }

    @Test func knowsItsLiteral() {
        #expect(Glob("a\\*b").literal == "a*b")
        #expect(Glob("a*b").literal == nil)
        #expect(Glob("*").matchesAll)
        #expect(!Glob("a*").matchesAll)
    }

    @Test func staysLinearOnHostileInput() {
        let text = String(repeating: "a", count: 20_000)
        #expect(!Glob("*a*a*a*a*a*a*b").matches(text))
    }
}
