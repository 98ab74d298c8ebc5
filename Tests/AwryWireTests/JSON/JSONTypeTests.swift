// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel
import Testing

/// What each kind of member takes, and what AWS's framework says of what it does not take.
struct JSONTypeTests {
    @Test(arguments: [
        (#"{"String":"a","Long":1,"Integer":-1}"#, #"{"String":"a","Long":1,"Integer":-1}"#),
        (#"{"Integer":2.9,"Long":-2.9}"#, #"{"Integer":2,"Long":-2}"#),
        (#"{"Long":1e300}"#, #"{"Long":9223372036854775807}"#),
        (#"{"Double":1,"Float":0.5}"#, #"{"Double":1.0,"Float":0.5}"#),
        (#"{"Double":"NaN","Float":"-Infinity"}"#, #"{"Double":"NaN","Float":"-Infinity"}"#),
        (#"{"Boolean":"TRUE"}"#, #"{"Boolean":true}"#),
        (#"{"Blob":"aGk="}"#, #"{"Blob":"aGk="}"#),
        (#"{"Timestamp":1772366400.25}"#, #"{"Timestamp":1772366400.25}"#),
        (#"{"DateText":"2026-03-01T12:00:00Z"}"#, #"{"DateText":1772366400}"#),
        (#"{"Document":{"a":[1,"b",null]}}"#, #"{"Document":{"a":[1,"b",null]}}"#),
        (#"{"List":["a",null,"b"],"Map":{"x":1,"y":null}}"#, #"{"List":["a","b"],"Map":{"x":1}}"#),
        (#"{"Structure":{"Structure":{"String":"deep"}}}"#, #"{"Structure":{"Structure":{"String":"deep"}}}"#),
        (#"{"OnTheWire":"a","Renamed":"b","Unheard":{}}"#, #"{"Renamed":"a"}"#),
        (#"{"String":null}"#, #"{}"#),
        (#"{"String":"a","String":"b"}"#, #"{"String":"b"}"#),
    ])
    func reads(_ body: String, _ expected: String) throws {
        #expect(try Made.read(body, .json) == expected)
    }

    @Test(arguments: [
        (#"{"String":1}"#, "NUMBER_VALUE can not be converted to a String"),
        (#"{"String":1.5}"#, "NUMBER_VALUE can not be converted to a String"),
        (#"{"String":true}"#, "TRUE_VALUE can not be converted to a String"),
        (#"{"String":false}"#, "FALSE_VALUE can not be converted to a String"),
        (#"{"String":[]}"#, "Start of list found where not expected"),
        (#"{"String":{}}"#, "Start of structure or map found where not expected."),
        (#"{"Integer":"1"}"#, "STRING_VALUE can not be converted to an Integer"),
        (#"{"Long":"1"}"#, "STRING_VALUE can not be converted to a Long"),
        (#"{"Double":"x"}"#, "STRING_VALUE can not be converted to a Double"),
        (#"{"Boolean":1}"#, "NUMBER_VALUE can not be converted to a Boolean"),
        (#"{"Boolean":"helloWtf"}"#, "'HELLOWTF' can not be converted to an Boolean"),
        (#"{"Timestamp":"2026-03-01T12:00:00Z"}"#, "STRING_VALUE can not be converted to milliseconds since epoch"),
        (#"{"Timestamp":1e300}"#, "NUMBER_VALUE can not be converted to milliseconds since epoch"),
        (#"{"Blob":1}"#, "NUMBER_VALUE can not be converted to a Blob"),
        (
            #"{"Blob":"23456"}"#,
            "'23456' can not be converted to a Blob: "
                + "Base64 encoded length is expected a multiple of 4 bytes but found: 5"
        ),
        (#"{"Blob":"=+/="}"#, "'=+/=' can not be converted to a Blob: Invalid Base64 character: '='"),
        (#"{"Blob":"a b="}"#, "'a b=' can not be converted to a Blob: Invalid Base64 character: ' '"),
        (
            #"{"Blob":"+/+="}"#,
            "'+/+=' can not be converted to a Blob: Invalid last non-pad Base64 character dectected"
        ),
        (#"{"List":"a"}"#, "Expected list or null"),
        (#"{"List":{}}"#, "Start of structure or map found where not expected."),
        (#"{"List":[["a"]]}"#, "Start of list found where not expected"),
        (#"{"Map":1}"#, "Expected map or null"),
        (#"{"Map":[]}"#, "Start of list found where not expected"),
        (#"{"Map":{"a":"b"}}"#, "STRING_VALUE can not be converted to an Integer"),
        (#"{"Structure":1}"#, "Expected null"),
        (#"{"Structure":[]}"#, "Start of list found where not expected"),
        (#"{"Structure":{"String":1}}"#, "NUMBER_VALUE can not be converted to a String"),
        ("[]", "Start of list found where not expected"),
    ])
    func refuses(_ body: String, _ message: String) throws {
        #expect(try Made.read(body, .json) == "SerializationException: \(message)")
    }

    @Test(arguments: ["", "{", "null", "1", "\"a\"", "true", "{} {}", "{\"a\":1,}", "{\"String\":\"\u{1}\"}"])
    func saysNothingOfBrokenTexts(_ body: String) throws {
        #expect(try Made.read(body, .json) == "SerializationException: -")
    }

    @Test func boundsDepth() throws {
        let deep = String(repeating: "{\"Structure\":", count: 100_000)
        #expect(try Made.read(deep, .json) == "SerializationException: -")
    }

    @Test func writesEachKind() {
        let output: Fields = [
            "String": "a\"\u{1}", "Integer": 1, "Long": 1.0, "Double": 1, "Float": "NaN", "Boolean": true,
            "Blob": .blob(Blob(utf8: "hi")), "Timestamp": .timestamp(Timestamp(milliseconds: 1_772_366_400_250)),
            "DateText": 1_772_366_400, "Document": ["a": [1, .null]], "List": ["a", .null], "Map": ["x": 1],
            "Structure": ["Renamed": "b"], "FlatMap": .null,
        ]
        #expect(
            Made.write(output, .json)
                == #"{"String":"a\"\u0001","Integer":1,"Long":1,"Double":1.0,"Float":"NaN","Boolean":true,"#
                + #""Blob":"aGk=","Timestamp":1772366400.25,"DateText":"2026-03-01T12:00:00Z","#
                + #""Document":{"a":[1,null]},"List":["a",null],"Map":{"x":1},"Structure":{"OnTheWire":"b"}}"#)
    }

    @Test(
        arguments: [
            (["String": 1], "awry: the output does not fit the model at `String`: expected a string, found an integer"),
            (
                ["Structure": ["List": ["a", 1]]],
                "awry: the output does not fit the model at `Structure.List.1`: expected a string, found an integer"
            ),
            (
                ["Map": ["k": "v"]],
                "awry: the output does not fit the model at `Map.k`: expected an integer, found a string"
            ),
            (
                ["Strng": "a"],
                "awry: the output does not fit the model: Everything has no member `Strng`; did you mean String?"
            ),
        ] as [(Fields, String)])
    func namesWhatDoesNotFit(_ output: Fields, _ message: String) {
        #expect(Made.write(output, .json) == message)
    }
}
