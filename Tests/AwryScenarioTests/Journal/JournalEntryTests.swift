// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel
import Testing

@testable import AwryScenario

struct JournalEntryTests {
    @Test func secretsAreNotKept() {
        var entry = Entry.of(params: ["StreamName": "orders", "Password": "hunter2", "ShardCount": 1])
        #expect(entry.params == ["StreamName": "orders", "Password": ["$hidden": true], "ShardCount": 1])
        entry.keep(headers: [
            Header("Authorization", "AWS4 secret"), Header("X-Amz-Security-Token", "t"), Header("Cookie", "c"),
            Header("x-amz-server-side-encryption-customer-key", "k"), Header("X-Fine", "1"),
        ])
        #expect(entry.headers == [Header("X-Fine", "1")])
        guard case .unknown = entry.matchHeaders("authorization") else { return #expect(Bool(false)) }
    }

    @Test func secretsAreKeptWhereTheyAreToBeShown() throws {
        let service = try #require(Catalogue.shared.service("cognito-idp"))
        let operation = try #require(service.operation("ConfirmSignUp"))
        let params: Fields = ["ClientId": "abc", "ConfirmationCode": "123456"]
        let hidden: Value = ["$hidden": true]
        #expect(
            JournalEntry.kept(params, of: operation, in: service) == ["ClientId": hidden, "ConfirmationCode": hidden])
        #expect(JournalEntry.kept(params, of: operation, in: service, .shown) == params)
        var entry = Entry.of(params: [:])
        let headers = [Header("Authorization", "AWS4 secret"), Header("X-Fine", "1")]
        entry.keep(headers: headers, .shown)
        #expect(entry.headers == headers)
        guard case .known(["AWS4 secret"]) = entry.matchHeaders("authorization") else { return #expect(Bool(false)) }
    }

    @Test func whatIsLargeIsNotKept() {
        let blob = Blob(Array(repeating: 1, count: 5000))
        let records = Value.list((0..<5000).map { ["Data": .string("record \($0)")] })
        let entry = Entry.of(params: ["Body": .blob(blob), "StreamName": "s", "Records": records])
        #expect(entry.params?["Body"] == ["$notKept": 5000])
        #expect(entry.params?["StreamName"] == "s")
        #expect(entry.params?["Records"]?.list?.last?.fields?["$notKept"] != nil)
        #expect(entry.footprint < 30_000)
        let wide = Fields((0..<10_000).map { ("name\($0)", Value.integer(1)) })
        #expect(Entry.of(params: wide).footprint < 40_000)
    }

    @Test func aKeptBlobHoldsNoBuffer() {
        let buffer = Array(repeating: UInt8(ascii: "x"), count: 100_000)
        let entry = Entry.of(params: ["Body": .blob(Blob(buffer[500..<510]))])
        guard case .blob(let blob) = entry.params?["Body"] else { return #expect(Bool(false)) }
        #expect(blob.bytes.startIndex == 0 && blob.count == 10)
    }

    static let uncertain: [(String, Bool)] = [
        ("StreamName", false), ("Password", true), ("Body", true), ("Nothing", false), ("Records.0.Data", false),
        ("Records.*.Data", true), ("Records.4999.Data", true), ("Password.deeper", true),
    ]

    @Test(arguments: uncertain) func knowsWhatItCannotSay(_ path: String, _ wanted: Bool) {
        let records = Value.list((0..<5000).map { ["Data": .string("record \($0)")] })
        let blob = Value.blob(Blob(Array(repeating: 1, count: 5000)))
        let entry = Entry.of(params: ["StreamName": "s", "Password": "p", "Body": blob, "Records": records])
        let steps = path.split(separator: ".").map(String.init)
        #expect(KeptParams.isUncertain(.structure(entry.params ?? [:]), at: steps[...]) == wanted)
    }

    @Test func isJSON() {
        let facts = World.facts("PutRecord", call: "inv", attempt: 2, params: ["StreamName": "s"], at: 0.25)
        let effect = Effect(decidedBy: "b", fired: ["a", "b"])
        var entry = JournalEntry(
            facts, effect: effect, attempt: CallAttempt(call: "inv", number: 2), sandbox: "default", time: facts.now)
        #expect(entry.value.fields?["delivered"] == .null)
        #expect(entry.value.fields?["status"] == .null)
        entry.delivery = JournalEntry.Delivery(
            status: 400, error: "X", bytes: 300, finished: facts.arrived + 1_234_567)
        let text = JSON.text(entry.value)
        #expect(
            text == #"{"id":"req-1","sequence":0,"sandbox":"default","time":"2026-03-01T12:00:00.250Z","#
                + #""monotonic":1250000000,"service":"kinesis","operation":"PutRecord","region":"us-east-1","#
                + #""account":"123456789012","accessKey":"AKIA","principal":"arn:aws:iam::123456789012:root","#
                + #""call":"inv","attempt":2,"method":"POST","path":"/","userAgent":"Boto3/1.43.11","#
                + #""note":null,"params":{"StreamName":"s"},"rules":["a","b"],"decidedBy":"b","fault":null,"#
                + #""status":400,"error":"X","delivered":"whole","bytes":300,"milliseconds":1.234}"#)
        entry.delivery = Entry.delivery(nil, isWhole: false)
        #expect(entry.value.fields?["delivered"] == "nothing")
        entry.delivery = Entry.delivery(200, isWhole: false)
        #expect(entry.value.fields?["delivered"] == "cut")
    }
}
