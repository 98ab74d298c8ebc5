// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Testing

@testable import AwryServices

struct SelectTests {
    private func run(_ sql: String, _ text: String, _ source: Fields = ["CSV": [:]]) throws -> String {
        let input: Fields = [
            "Expression": .string(sql), "ExpressionType": "SQL", "InputSerialization": .structure(source),
            "OutputSerialization": ["CSV": [:]],
        ]
        let events = try SelectRequest.events(for: input, of: Blob(utf8: text), now: Timestamp(seconds: 0))
        return events.compactMap { event in
            guard case .blob(let blob) = event.fields?["Records"]?.fields?["Payload"] else { return nil }
            return String(decoding: blob.bytes, as: UTF8.self)
        }.joined()
    }

    @Test(arguments: [
        ("1 + 2 * 3", "7"), ("(1 + 2) * 3", "9"), ("-2 - -3", "1"), ("7 / 2", "3"), ("7.0 / 2", "3.5"), ("7 % 4", "3"),
        ("9223372036854775807 + 1", "9.223372036854776e+18"), ("'a' || 1", "a1"), ("1 < 2 and not 2 < 1", "true"),
        ("null = null", ""), ("null is null", "true"), ("missing is missing", "true"), ("true or null", "true"),
        ("false and null", "false"), ("null or false", ""), ("1 in (2, 1)", "true"), ("'10' < '9'", "true"),
        ("'b' between 'a' and 'c'", "true"), ("not 'b' between 'a' and 'c'", "false"), ("1 <> 2", "true"),
        ("'a%' like 'a!%' escape '!'", "true"), ("'abc' like '_%c'", "true"), ("'abc' not like 'b%'", "true"),
        ("case 2 when 1 then 'a' when 2 then 'b' end", "b"), ("case when false then 1 end", ""),
        ("cast('x' as string)", "x"), ("cast(3.9 as int)", "3"), ("cast('false' as bool)", "false"),
        ("char_length('é😀')", "2"), ("substring('abc', 0, 2)", "a"), ("substring('abc' from 9)", ""),
        ("trim(trailing from 'a  ')", "a"), ("coalesce(null, 2)", "2"), ("nullif(1, 1)", ""),
        ("utcnow()", "1970-01-01T00:00:00Z"),
        ("date_add(day, -1, to_timestamp('2026-03-01'))", "2026-02-28T00:00:00Z"),
        ("date_diff(month, to_timestamp('2026-01-31T'), to_timestamp('2026-03-01T'))", "1"),
        ("date_diff(year, to_timestamp('2026-03-01T'), to_timestamp('2024-03-02T'))", "-1"),
        ("extract(minute from to_timestamp('2026-03-01T12:34:56Z'))", "34"),
        ("to_string(to_timestamp('2026-03-01T15:04:05.067Z'), 'yy/M/d h:mm a S ''q''')", "26/3/1 3:04 PM 0 q"),
    ])
    func expressions(_ expression: String, _ expected: String) throws {
        let text = try run("SELECT \(expression) FROM S3Object", "x\n")
        #expect(text == (expected.contains(",") ? "\"\(expected)\"\n" : "\(expected)\n"))
    }

    @Test func aLineIsTheSameWhateverThePieces() throws {
        let text = "a,\"b,\"\"c\"\"\r\nd\",\r\n#no\r\n\r\ne\r\n"
        var form = SelectCSV.Form()
        form.recordDelimiter = Array("\r\n".utf8)
        form.mayQuoteDelimiters = true
        let bytes = Array(text.utf8)
        for split in 0...bytes.count {
            var csv = SelectCSV(form)
            var found: [[String]] = []
            var starts: [Int] = []
            for piece in [bytes[..<split], bytes[split...]] {
                try csv.take(piece) { fields, start in
                    found.append(fields)
                    starts.append(start)
                }
            }
            try csv.finish { fields, _ in found.append(fields) }
            #expect(found == [["a", "b,\"c\"\r\nd", ""], ["e"]])
            #expect(starts == [0, 24])
        }
    }

    @Test func valuesOfJSONMayStandAnywhere() throws {
        let text = "{\"a\": \"}\\\"\"} [1]\n2 \"x\"{\"a\":[{}]}true"
        let bytes = Array(text.utf8)
        for split in 0...bytes.count {
            var json = SelectJSON(isLines: true)
            var found: [Value] = []
            for piece in [bytes[..<split], bytes[split...]] { try json.take(piece) { value, _ in found.append(value) } }
            try json.finish { value, _ in found.append(value) }
            #expect(found == [["a": "}\""], [1], 2, "x", ["a": [[:]]], true])
        }
    }

    @Test func patternsTakeNoLongTime() {
        let text = String(repeating: "a", count: 2000)
        #expect(!SelectLike(String(repeating: "%a", count: 200) + "b", escape: nil).matches(text))
        #expect(SelectLike(String(repeating: "%a", count: 200), escape: nil).matches(text))
    }

    @Test func aRecordIsBounded() throws {
        let error = #expect(throws: WireError.self) {
            try run("select * from s3object", String(repeating: "x", count: (1 << 20) + 1))
        }
        #expect(error?.code == "OverMaxRecordSize")
    }
}
