// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Testing

@testable import AwryWire

/// What each kind of member takes in CBOR, in both protocols that have it.
struct CBORTypeTests {
    /// What a body means to the made service's `Do`, or why it was refused.
    private func read(_ value: Value, _ dialect: Dialect = .cbor, epoch: CBOR.Epoch = .seconds) throws -> String {
        var body: [UInt8] = []
        CBOR.write(value, epoch: epoch, into: &body)
        return try Made.read(body, in: dialect)
    }

    private static let inputs: [(Value, String)] = [
        (["String": "a", "Long": 1, "Integer": -1], #"{"String":"a","Long":1,"Integer":-1}"#),
        (["Integer": .double(2.9), "Double": 1, "Float": .double(0.5)], #"{"Integer":2,"Double":1.0,"Float":0.5}"#),
        (["Double": .double(.nan), "Float": .double(-.infinity)], #"{"Double":"NaN","Float":"-Infinity"}"#),
        (["Boolean": .bool(true), "Blob": .blob(Blob(utf8: "hi"))], #"{"Boolean":true,"Blob":"aGk="}"#),
        (["Timestamp": .timestamp(Timestamp(milliseconds: 1_772_366_400_250))], #"{"Timestamp":1772366400.25}"#),
        (["DateText": .timestamp(Timestamp(seconds: 1_772_366_400))], #"{"DateText":1772366400}"#),
        (["Timestamp": .double(1_772_366_400.25)], #"{"Timestamp":1772366400.25}"#),
        (["List": ["a", .null, "b"], "Map": ["x": 1, "y": .null]], #"{"List":["a","b"],"Map":{"x":1}}"#),
        (["Structure": ["Structure": ["String": "deep"]]], #"{"Structure":{"Structure":{"String":"deep"}}}"#),
        (["String": .null, "Unheard": ["a": 1]], "{}"),
        (["String": 1], "SerializationException: NUMBER_VALUE can not be converted to a String"),
        (["String": .blob(Blob([1]))], "SerializationException: EMBEDDED_VALUE can not be converted to a String"),
        (
            ["String": .timestamp(Timestamp(seconds: 1))],
            "SerializationException: NUMBER_VALUE can not be converted to a String"
        ),
        (["Blob": "aGk="], "SerializationException: STRING_VALUE can not be converted to a Blob"),
        (["Timestamp": "now"], "SerializationException: STRING_VALUE can not be converted to milliseconds since epoch"),
        (["List": ["a": 1]], "SerializationException: Start of structure or map found where not expected."),
        (["Map": []], "SerializationException: Start of list found where not expected"),
        (["Structure": "x"], "SerializationException: Expected null"),
    ]

    @Test(arguments: inputs)
    func reads(_ value: Value, _ expected: String) throws {
        #expect(try read(value) == expected)
    }

    @Test func theBodyIsAMap() throws {
        #expect(try read([]) == "SerializationException: Start of list found where not expected")
        #expect(try read(1) == "SerializationException: -")
        #expect(try Made.read([], in: .cbor) == "{}")
        #expect(
            try Made.read([], in: .jsonCBOR(version: "1.1"))
                == "SerializationException: not CBOR at byte 0: expected a value, found the end")
    }

    /// A number means seconds in one protocol and milliseconds in the other.
    @Test func momentsCountByTheProtocol() throws {
        let dialect = Dialect.jsonCBOR(version: "1.1")
        #expect(try read(["Timestamp": 1500], dialect) == #"{"Timestamp":1.5}"#)
        #expect(try read(["Timestamp": 1500], .cbor) == #"{"Timestamp":1500}"#)
        let tagged: Value = ["Timestamp": .timestamp(Timestamp(milliseconds: 1500))]
        #expect(try read(tagged, dialect, epoch: .milliseconds) == #"{"Timestamp":1.5}"#)
        #expect(Made.write(["Timestamp": 1], in: dialect) == CBORTestBytes.map("Timestamp", "c11903e8"))
        #expect(Made.write(["Timestamp": 1], in: .cbor) == CBORTestBytes.map("Timestamp", "c101"))
    }

    private static let outputs: [(Value, [UInt8])] = [
        (["Float": .double(0.5)], CBORTestBytes.map("Float", "fa3f000000")),
        (["Float": 1], CBORTestBytes.map("Float", "fa3f800000")),
        (["Double": 1], CBORTestBytes.map("Double", "fb3ff0000000000000")),
        (["Blob": "hi"], CBORTestBytes.map("Blob", "426869")),
        (["List": ["a", .null]], CBORTestBytes.map("List", "826161f6")),
        (["String": .null, "Long": 5], CBORTestBytes.map("Long", "05")),
        (["Renamed": "a"], CBORTestBytes.map("OnTheWire", "6161")),
    ]

    @Test(arguments: outputs)
    func writes(_ output: Value, _ bytes: [UInt8]) throws {
        #expect(Made.write(try #require(output.fields), in: .cbor) == bytes)
    }

    @Test func saysWhichMemberDoesNotFit() {
        let message = "awry: the output does not fit the model at `Structure.Long`: expected an integer, found a string"
        #expect(Made.write(["Structure": ["Long": "x"]], in: .cbor) == Array(message.utf8))
    }
}

/// Bodies for the tests of CBOR.
enum CBORTestBytes {
    /// A map of one name with a value in hexadecimal digits.
    static func map(_ name: String, _ hex: String) -> [UInt8] {
        [0xA1, 0x60 | UInt8(name.utf8.count)] + Array(name.utf8) + Golden.bytes(hexadecimal: hex)
    }
}
