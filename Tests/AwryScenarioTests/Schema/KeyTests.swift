// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Testing

@testable import AwryScenario

/// The key tables, the loader and the schema say the same.
struct KeyTests {
    /// A text in which `KEY` stands where a key of the table may, and the table.
    static let places: [(String, KeyTable)] = [
        ("scenario: a\nKEY", Keys.scenario),
        ("scenario: a\nrules:\n  - match: kinesis.PutRecord\n    KEY", Keys.rule),
        ("scenario: a\nrules:\n  - delay: 1s\n    match:\n      KEY", Keys.match),
        ("scenario: a\nrules:\n  - delay: 1s\n    match:\n      path:\n        KEY", Keys.pattern),
        ("scenario: a\nrules:\n  - match: s3.*\n    delay: 1s\n    above:\n      KEY", Keys.bucket),
        ("scenario: a\nrules:\n  - match: s3.GetObject\n    error:\n      KEY", Keys.error),
        ("scenario: a\nrules:\n  - match: s3.GetObject\n    raw:\n      KEY", Keys.raw),
        ("scenario: a\nrules:\n  - match: s3.GetObject\n    retryAfter:\n      KEY", Keys.retryAfter),
        ("scenario: a\nrules:\n  - match: s3.GetObject\n    delay:\n      KEY", Keys.delay),
        ("scenario: a\nrules:\n  - match: s3.GetObject\n    sequence:\n      - KEY", Keys.step),
        ("scenario: a\nrules:\n  - match: s3.GetObject\n    connection:\n      KEY", Keys.connection),
        ("scenario: a\nrules:\n  - match: s3.GetObject\n    entries:\n      KEY", Keys.entries),
        ("scenario: a\nsetup:\n  - kinesis.CreateStream: { StreamName: a }\n    KEY", Keys.setup),
        ("scenario: a\noptions:\n  KEY", Keys.options),
        ("scenario: a\nexpect:\n  - KEY", Keys.expectation),
        ("scenario: a\nlisteners:\n  - KEY", Keys.listener),
    ]

    /// A decoder that forgot a key would take nonsense for its value in silence.
    @Test func noKeyIsPassedOver() {
        for (text, table) in Self.places {
            for key in table.keys where !["equals"].contains(key.name) {
                let line = text.split(separator: "\n").count
                // A mapping in a list in a list fits no key's form.
                let said = Loading.diagnostics(text.replacing("KEY", with: "\(key.name): [[{ a: [[b]] }]]"))
                #expect(said.contains { $0.hasPrefix("\(line):") }, "`\(key.name)` in \(table.noun): \(said)")
                #expect(!said.contains { $0.contains("unknown key `\(key.name)`") }, "\(said)")
            }
        }
    }

    @Test func unknownKeysAreTold() {
        for (text, table) in Self.places {
            let said = Loading.diagnostics(text.replacing("KEY", with: "zzyzx: 1"))
            #expect(said.contains { $0.contains("unknown key `zzyzx` in \(table.noun)") }, "\(said)")
        }
    }

    @Test func theSchemaHasEveryKey() throws {
        let text = ScenarioSchema.text
        for (_, table) in Self.places {
            for key in table.keys { #expect(text.contains("\"\(key.name)\": {"), "\(key.name)") }
        }
    }

    @Test func everyReferenceOfTheSchemaLeadsSomewhere() throws {
        let schema = ScenarioSchema.value
        let definitions = try #require(schema.fields?["$defs"]?.fields)
        var references: Set<String> = []
        func walk(_ value: Value) {
            switch value {
            case .structure(let fields):
                if let reference = fields["$ref"]?.string { references.insert(reference) }
                for field in fields { walk(field.value) }
            case .list(let elements): elements.forEach(walk)
            default: return
            }
        }
        walk(schema)
        #expect(references.count > 5)
        for reference in references {
            #expect(definitions[String(reference.dropFirst("#/$defs/".count))] != nil, "\(reference)")
        }
    }

    @Test func theSchemaIsJSON() throws {
        #expect(try JSON.parse(ScenarioSchema.text) == ScenarioSchema.value)
    }

    @Test func everyKeyIsExplained() {
        for (_, table) in Self.places {
            for key in table.keys { #expect((3...80).contains(key.summary.count), "\(key.name)") }
            #expect(Set(table.names).count == table.keys.count, "\(table.noun)")
        }
    }
}
