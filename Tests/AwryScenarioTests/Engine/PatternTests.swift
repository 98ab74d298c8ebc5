// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Testing

@testable import AwryScenario

struct PatternTests {
    static let values: [(Pattern, Value?, Bool)] = [
        (.equals("a"), "a", true), (.equals("a"), "A", false), (.equals("a"), nil, false), (.equals(3), 3, true),
        (.equals(3), 3.0, true), (.equals("3"), 3, true), (.equals(true), true, true), (.equals("true"), true, true),
        (.equals(.null), nil, true), (.equals(.null), "", false), (.equals(""), nil, false),
        (.equals(["a": 1]), ["a": 1], true), (.equals("abc"), .blob(Blob(utf8: "abc")), true),
        (.glob(Glob("2024/*")), "2024/a/b", true), (.glob(Glob("2024/*")), "2023", false),
        (.glob(Glob("*")), nil, false), (.glob(Glob("*")), ["a"], false), (.glob(Glob("1?")), 12, true),
        (.contains("b c"), "a b c d", true), (.contains(""), "", true), (.contains("abcd"), "abc", false),
        (.contains("aab"), "aaab", true), (.contains("x"), nil, false), (.contains("é"), "café", true),
        (.startsWith("ab"), "abc", true), (.startsWith("b"), "abc", false), (.endsWith("bc"), "abc", true),
        (.endsWith("abcd"), "bcd", false), (.startsWith(""), nil, false),
        (.anyOf([.equals("a"), .equals("b")]), "b", true), (.anyOf([.equals("a")]), "c", false),
        (.anyOf([]), "c", false), (.not(.equals("a")), "b", true), (.not(.equals("a")), nil, true),
        (.not(.equals("a")), "a", false), (.exists(true), "x", true), (.exists(true), nil, false),
        (.exists(true), .null, false), (.exists(false), nil, true), (.exists(false), ["x"], false),
        (.greater(3), 4, true), (.greater(3), 3, false), (.greaterOrEqual(3), 3, true), (.less(3), 2.5, true),
        (.lessOrEqual(3), 3.5, false), (.greater(3), "4", true), (.greater(3), "x", false), (.greater(3), nil, false),
        (.all([.greater(1), .less(3)]), 2, true), (.all([.greater(1), .less(3)]), 3, false), (.all([]), nil, true),
    ]

    @Test(arguments: values.indices) func judges(_ index: Int) {
        let (pattern, value, wanted) = Self.values[index]
        #expect(pattern.matches(value) == wanted, "\(pattern) \(String(describing: value))")
    }

    @Test func aRegexMatchesAnywhere() throws {
        let pattern = Pattern.regex(try Regex("b+c"))
        #expect(pattern.matches("abbcd" as Value))
        #expect(!pattern.matches("abd" as Value))
    }

    static let input: Fields = [
        "Records": [["Key": "a", "N": 1], ["Key": "b"]], "Empty": [], "Map": ["x": "1", "y": "2"], "Text": "t",
    ]

    static let paths: [(String, Pattern, Bool)] = [
        ("Text", .equals("t"), true), ("Records.*.Key", .equals("b"), true), ("Records.*.Key", .equals("c"), false),
        ("Records.0.Key", .equals("a"), true), ("Records.2.Key", .exists(false), true),
        ("Records.x.Key", .exists(true), false), ("Records.*.N", .exists(false), true), ("Map.*", .equals("2"), true),
        ("Map.x", .equals("1"), true), ("Empty.*.Key", .exists(false), true), ("Empty.*", .exists(true), false),
        ("Text.deeper", .exists(false), true), ("Nothing.*.Key", .not(.equals("a")), true),
        ("Records.*.Key", .not(.equals("a")), true), ("Records.-1", .exists(false), true),
        ("Records", .exists(true), true),
    ]

    @Test(arguments: paths.indices) func followsPaths(_ index: Int) {
        let (path, pattern, wanted) = Self.paths[index]
        let steps = path.split(separator: ".").map(String.init)
        #expect(pattern.matches(Self.input, at: steps[...]) == wanted, "\(path) \(pattern)")
    }

    static let raw: [(String, @Sendable (inout Match) -> Void, Bool)] = [
        ("region", { $0.region = .glob(Glob("us-*")) }, true), ("region", { $0.region = .equals("eu") }, false),
        ("account", { $0.account = .equals("123456789012") }, true),
        ("accessKey", { $0.accessKey = .not(.equals("AKIA")) }, false),
        ("principal", { $0.principal = .endsWith(":root") }, true), ("method", { $0.method = .equals("POST") }, true),
        ("path", { $0.path = .equals("/a%2Fb") }, true), ("path", { $0.path = .equals("/a/b") }, false),
        ("host", { $0.host = .startsWith("localhost") }, true),
        ("userAgent", { $0.userAgent = .contains("Boto3") }, true),
        ("body", { $0.body = .contains("needle") }, true), ("body", { $0.body = .contains("other") }, false),
        ("headers", { $0.headers = [("x-two", .equals("b"))] }, true),
        ("headers", { $0.headers = [("x-two", .equals("c"))] }, false),
        ("headers", { $0.headers = [("X-None", .exists(false))] }, true),
        ("params", { $0.params = [(["A"], .exists(false))] }, true),
    ]

    @Test(arguments: raw.indices) func matchesEveryFact(_ index: Int) {
        let (name, change, wanted) = Self.raw[index]
        var request = TestRequest(path: "/a%2Fb", fields: [("X-Two", "a"), ("x-two", "b")])
        request.body = Array("a needle".utf8)[...]
        let engine = World.engine(World.rule("r", match: change))
        let effect = engine.decide(World.facts(params: [:], raw: request)).effect
        #expect(effect.fired.isEmpty != wanted, "\(name)")
    }

    @Test func aBodyThatDoesNotDecodeMatchesNoParams() {
        let engine = World.engine(World.rule("r", match: { $0.params = [(["A"], .exists(false))] }))
        #expect(engine.decide(World.facts(params: nil)).effect == .none)
    }

    @Test func namesIgnoreCaseAndOperationsAreAlternatives() {
        var rule = World.rule("r", "KINESIS.describestream")
        rule.match.operations.append((Glob("s3"), Glob("*")))
        rule.match.operations.append((Glob("*"), Glob("Put*")))
        let engine = World.engine(rule)
        let fired = ["DescribeStream", "DescribeStreamSummary", "PutRecord"].map {
            !engine.decide(World.facts($0)).effect.fired.isEmpty
        }
        #expect(fired == [true, false, true])
    }
}
