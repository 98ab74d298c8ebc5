// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel
import Testing

@Suite struct TypeCheckTests {
    private func mismatch(_ service: String, _ shape: String, _ fields: Fields) throws -> TypeCheck.Mismatch? {
        let service = try #require(Catalogue.shared.service(service))
        return TypeCheck.mismatch(fields, try #require(service.shape(named: shape)), in: service)
    }

    @Test func whatTheModelSaysPasses() throws {
        let records: Value = [["Data": .blob(Blob([1])), "PartitionKey": "k"]]
        #expect(try mismatch("kinesis", "PutRecordsInput", ["StreamName": "s", "Records": records]) == nil)
        #expect(try mismatch("kinesis", "PutRecordsInput", ["StreamName": .null]) == nil)
        #expect(try mismatch("kinesis", "AddTagsToStreamInput", ["Tags": ["any name": "v"]]) == nil)
        // Numbers without a fraction are numbers.
        #expect(try mismatch("cloudwatch", "MetricDatum", ["Value": 1]) == nil)
    }

    private static let blobs: Value = [["Data": "text"]]
    private static let fraction: Value = [["Data": .null], 2.5]
    private static let wrong: [(String, Value, String, String, String)] = [
        ("StreamName", 1, "StreamName", "a string", "an integer"),
        ("StreamName", ["a"], "StreamName", "a string", "a list"),
        ("Records", "text", "Records", "a list", "a string"),
        ("Records", blobs, "Records[0].Data", "a blob", "a string"),
        ("Records", fraction, "Records[1]", "a mapping", "a number"),
    ]

    @Test(arguments: wrong)
    func otherTypesAreFound(name: String, value: Value, path: String, expected: String, found: String) throws {
        let mismatch = try #require(try mismatch("kinesis", "PutRecordsInput", [name: value]))
        #expect(mismatch.path == path && mismatch.expected == expected && mismatch.found == found)
    }

    @Test func unknownNamesComeWithTheKnown() throws {
        let records: Value = [["PartitonKey": "k"]]
        let mismatch = try #require(try mismatch("kinesis", "PutRecordsInput", ["Records": records]))
        #expect(mismatch.path == "Records[0].PartitonKey" && mismatch.found == "PartitonKey")
        #expect(mismatch.expected == "a member of PutRecordsRequestEntry")
        #expect(mismatch.known == ["Data", "ExplicitHashKey", "PartitionKey"])
    }

    @Test func depthIsBounded() throws {
        let service = try #require(Catalogue.shared.service("dynamodb"))
        let shape = try #require(service.shape(named: "AttributeValue"))
        var value: Value = ["S": "deep"]
        for _ in 0..<200 { value = ["L": [value]] }
        #expect(TypeCheck.mismatch(value, shape, in: service)?.found == "too many")
    }
}
