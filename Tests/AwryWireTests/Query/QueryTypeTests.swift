// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel
import Testing

@testable import AwryWire

/// Forms by the model: names, lists, maps, types; and what is refused.
struct QueryTypeTests {
    @Test(arguments: [
        ("String=a+b%2Bc&Integer=-1&Boolean=TRUE&Unheard.1=x", #"{"String":"a b+c","Integer":-1,"Boolean":true}"#),
        ("Double=1.5&Float=NaN&Blob=aGk%3D", #"{"Float":"NaN","Double":1.5,"Blob":"aGk="}"#),
        ("Timestamp=2026-03-01T12%3A00%3A00Z", #"{"Timestamp":1772366400}"#),
        ("Timestamp=1772366400", #"{"Timestamp":1772366400}"#),
        ("List.member.10=j&List.member.9=i", #"{"List":["i","j"]}"#),
        ("List=", #"{"List":[]}"#),
        ("NamedList.Entry.1=a", #"{"NamedList":["a"]}"#),
        ("Item.1=a&Item.2=b", #"{"FlatList":["a","b"]}"#),
        ("Map.entry.1.key=k&Map.entry.1.value=7&Map.entry.2.key=half", #"{"Map":{"k":7}}"#),
        ("FlatMap.1.K=k&FlatMap.1.V=v", #"{"FlatMap":{"k":"v"}}"#),
        ("Structure.Structure.String=deep", #"{"Structure":{"Structure":{"String":"deep"}}}"#),
        ("OnTheWire=a&Renamed=b", #"{"Renamed":"a"}"#),
        ("String=a&String=b&&=&x", #"{"String":"b"}"#),
        ("String", #"{"String":""}"#),
        ("String=%F0%9F%98%80%FF", "{\"String\":\"😀\u{FFFD}\"}"),
    ])
    func reads(_ body: String, _ expected: String) throws {
        #expect(try Made.read(body, .query) == expected)
    }

    @Test(arguments: [
        ("Integer=x", "MalformedInput: Expected an integer for Integer, found 'x'"),
        ("Integer=", "MalformedInput: Expected an integer for Integer, found ''"),
        ("Double=0x1", "MalformedInput: Expected a number for Double, found '0x1'"),
        ("Boolean=1", "MalformedInput: Expected true or false for Boolean, found '1'"),
        ("Timestamp=soon", "MalformedInput: timestamp must follow ISO8601"),
        ("Blob=x", "MalformedInput: Expected base64 for Blob"),
        ("List=a", "MalformedInput: Unexpected list element termination"),
        ("Structure=a", "MalformedInput: Unexpected complex element termination"),
        ("String=%4", "MalformedQueryString: The query string contains a syntax error"),
        ("String=%zz", "MalformedQueryString: The query string contains a syntax error"),
    ])
    func refuses(_ body: String, _ message: String) throws {
        #expect(try Made.read(body, .query) == message)
    }

    @Test func boundsNamesAndNumbers() throws {
        let deep = String(repeating: "Structure.", count: 100_000) + "String=a"
        #expect(try Made.read(deep, .query) == "MalformedInput: A parameter's name has more than 32 parts")
        let many = String(repeating: "a&", count: Form.limit + 1)
        #expect(try Made.read(many, .query).hasPrefix("MalformedQueryString"))
        #expect(
            try Made.read("List.member.99999999999999999999=a&List.member.4294967295=b", .query)
                == #"{"List":["b"]}"#)
    }

    @Test func writesEachKind() {
        let output: Fields = [
            "String": "a&\"", "Integer": 1, "Double": 0.5, "Boolean": false, "Blob": .blob(Blob(utf8: "hi")),
            "Timestamp": .timestamp(Timestamp(milliseconds: 1_772_366_400_250)), "List": ["a"], "NamedList": [],
            "FlatList": ["x", "y"], "Map": ["k": 1], "FlatMap": ["k": "v"], "Structure": ["Renamed": "r"],
            "Long": .null,
        ]
        let body = Made.write(output, .query)
        #expect(
            body == "<DoResponse xmlns=\"http://made/\"><DoResult><String>a&amp;\"</String><Integer>1</Integer>"
                + "<Double>0.5</Double><Boolean>false</Boolean><Blob>aGk=</Blob>"
                + "<Timestamp>2026-03-01T12:00:00.250Z</Timestamp><List><member>a</member></List><NamedList/>"
                + "<Item>x</Item><Item>y</Item><Map><entry><key>k</key><value>1</value></entry></Map>"
                + "<FlatMap><K>k</K><V>v</V></FlatMap><Structure><OnTheWire>r</OnTheWire></Structure></DoResult>"
                + "<ResponseMetadata><RequestId>R</RequestId></ResponseMetadata></DoResponse>")
    }

    /// Every list of SQS's model has its legacy name: a new one in the model must get one here.
    @Test func everyListOfSQSHasItsLegacyName() throws {
        let service = try #require(Catalogue.shared.service("sqs"))
        for shape in service.shapes {
            guard case .list = shape.kind else { continue }
            #expect(SQSQueryNames.elements[shape.name] != nil, "\(shape.name)")
        }
    }
}
