// SPDX-License-Identifier: Apache-2.0

import AwryModel
import AwryScenario

/// A scenario file. Whatever the bytes, the loader gives scenarios or located mistakes, and the same ones each time.
enum ScenarioTarget: FuzzTarget {
    static let name = "scenario"
    static let dictionary = [
        "scenario: ", "rules:\n  - match: ", "kinesis.PutRecord", "s3.*", "error: ", "respond: ", "raw: ", "sequence: ",
        "times: ", "nth: 1-2,5-", "delay: 5s", "retryAfter: ", "headers: ", "setup:\n  - ", "expect:\n  - ",
        "options: ",
        "params: ", "regex: ", "anyOf: ", "${params.StreamName}", "$${", "{ $json: ", "{ $repeat: x, count: 9 }",
        "{ $base64: aGk= }", "&a ", "*a", "<<: ", "---\n", "\n  ", "- ", ": ", "[", "]", "{", "}", "\"", "'", "|\n",
        "!!str ",
        "\\ud83d\\ude00", "404", "throttle", "\u{FEFF}",
    ]
    private static let loader = ScenarioLoader { service, _ in service.name == "kinesis" }

    static func run(_ bytes: [UInt8]) throws(Violation) -> UInt64 {
        let first = outcome(bytes, named: "fuzz.yaml")
        if first.isEmpty { throw Violation("refused without a reason") }
        if outcome(bytes, named: "fuzz.yaml") != first { throw Violation("another outcome the second time") }
        _ = outcome(bytes, named: "fuzz.json")
        return kind(first)
    }

    /// What became of it, without what merely repeats the input.
    private static func outcome(_ bytes: [UInt8], named name: String) -> String {
        do throws(LoadFailure) {
            let loaded = try loader.load([SourceText(name: name, bytes: bytes)])
            return "loaded \(loaded.scenarios.map(\.rules.count)) \(loaded.warnings.count)"
        } catch {
            return error.diagnostics.prefix(3).map { "-" + $0.message.prefix { $0 != "`" } }.joined(separator: ";")
        }
    }
}
