// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryScenario
import AwryServer
import Testing

/// The way of a call, each test in memory and over a socket.
struct PipelineTests {
    static let target = "Kinesis_20131202.DescribeStream"
    static func stream(_ name: String) -> String {
        "setup: [{ kinesis.CreateStream: { StreamName: \(name), ShardCount: 1 } }]"
    }

    @Test(arguments: Target.allCases)
    func aRuleAnswersAndThenTheFake(target: Target) throws {
        let fixture = try Fixture(
            target,
            """
            scenario: limited
            \(Self.stream("orders"))
            rules:
              - match: kinesis.DescribeStream
                times: 2
                error: LimitExceededException
                retryAfter: 1500ms
            """)
        for _ in 0..<2 {
            let answer = fixture.call(Self.target, #"{"StreamName":"orders"}"#)
            #expect(answer.status == 400)
            #expect(answer.header("x-amzn-requestid") == answer.header("x-awry-request"))
            #expect(answer.header("x-awry-rule") == "limited#1")
            #expect(answer.header("retry-after") == "2")
            #expect(answer.header("x-amz-retry-after") == "1500")
            #expect(answer.body.contains(#""__type":"LimitExceededException""#))
            #expect(answer.body.contains("Rate exceeded for stream orders under account 123456789012."))
        }
        let answer = fixture.call(Self.target, #"{"StreamName":"orders"}"#)
        #expect(answer.status == 200)
        #expect(answer.body.contains(#"{"StreamDescription":{"StreamName":"#))
        #expect(fixture.journal.map(\.attempt.number) == [1, 2, 3])
        #expect(fixture.journal.map { $0.delivery?.status } == [400, 400, 200])
        #expect(
            fixture.journal.map { $0.delivery?.error } == ["LimitExceededException", "LimitExceededException", nil])
    }

    @Test func theSameSeedGivesTheSameBytes() throws {
        let scenario = """
            scenario: same
            seed: 7
            \(Self.stream("orders"))
            options: { clock: "2026-03-01T12:00:00Z", frozen: true }
            rules:
              - match: kinesis.DescribeStream
                probability: 0.5
                error: throttle
            """
        let runs = try (0..<2).map { _ in
            let fixture = try Fixture(.inMemory, scenario)
            return (0..<50).map { _ in fixture.call(Self.target, #"{"StreamName":"orders"}"#).raw }
        }
        #expect(runs[0] == runs[1])
        #expect(Set(runs[0].map { $0.prefix(12) }) == ["HTTP/1.1 200", "HTTP/1.1 400"])
    }

    @Test(arguments: Target.allCases)
    func theModelsLimitsHold(target: Target) throws {
        let fixture = try Fixture(target)
        let answer = fixture.call(Self.target, #"{"StreamName":"no spaces"}"#)
        #expect(answer.status == 400)
        #expect(answer.body.contains(#""__type":"ValidationException""#))
        #expect(answer.body.contains("Value 'no spaces' at 'streamName' failed to satisfy constraint"))
        #expect(fixture.call(Self.target, "{").body.contains("SerializationException"))
    }

    @Test(arguments: Target.allCases)
    func bytesOfOnesOwnGoOutAsTheyAre(target: Target) throws {
        let fixture = try Fixture(
            target,
            """
            scenario: own
            rules:
              - match: sqs.*
                raw: { bytes: "not HTTP at all", close: true }
              - match: kinesis.*
                raw: { status: 299, reason: Odd, headers: { X-B: b, X-A: a }, body: text }
            """)
        #expect(fixture.call("AmazonSQS.ListQueues", "{}").raw == "not HTTP at all")
        let answer = fixture.call(Self.target, "{}")
        #expect(answer.raw.hasPrefix("HTTP/1.1 299 Odd\r\nX-B: b\r\nX-A: a\r\n"))
        #expect(answer.header("x-awry-rule") == nil)
        #expect(answer.body == "text")
    }

    @Test func aScriptedSuccessIsCompleted() throws {
        let fixture = try Fixture(
            .inMemory,
            """
            scenario: pages
            rules:
              - match: logs.GetLogEvents
                respond: { nextForwardToken: "f/${params.logStreamName}", events: [{ message: hello, timestamp: 1 }] }
            """)
        let answer = fixture.call("Logs_20140328.GetLogEvents", #"{"logGroupName":"g","logStreamName":"s"}"#)
        #expect(answer.status == 200)
        #expect(answer.body.contains(#""nextForwardToken":"f/s""#))
        #expect(answer.body.contains(#""message":"hello""#))
    }

    @Test func delaysAddUpAndHeadersChange() throws {
        let fixture = try Fixture(
            .inMemory,
            """
            scenario: slow
            rules:
              - { match: "kinesis.*", delay: 40s, headers: { X-Late: "yes" } }
              - { match: "kinesis.*", delay: 2s, error: throttle, headers: { x-amzn-requestid: null } }
            """)
        let answer = fixture.call(Self.target, #"{"StreamName":"s"}"#)
        #expect(answer.status == 400)
        #expect(answer.header("x-late") == "yes")
        #expect(answer.header("x-amzn-requestid") == nil)
    }

    @Test func sandboxesDoNotShareRulesOrJournals() throws {
        let fixture = try Fixture(
            .inMemory,
            "scenario: once\n\(Self.stream("s"))\nrules: [{ match: 'kinesis.*', times: 1, error: throttle }]\n")
        func status(_ key: String) -> Int {
            let scope = "\(key)/20260301/us-east-1/kinesis/aws4_request"
            let signature = "AWS4-HMAC-SHA256 Credential=\(scope), SignedHeaders=host, Signature=00"
            return fixture.call(
                Self.target, #"{"StreamName":"s"}"#,
                headers: "Authorization: \(signature)\namz-sdk-invocation-id: \(key)\n"
            ).status
        }
        #expect(
            [status("sandbox.a"), status("sandbox.a"), status("sandbox.b"), status("test")] == [400, 200, 400, 400])
        #expect(fixture.sandboxes.sandbox("a").journal.entries().count == 2)
        #expect(fixture.sandboxes.sandbox("b").journal.entries().count == 1)
        #expect(fixture.journal.count == 1)
    }

    @Test func optionsHold() throws {
        let options = PipelineOptions(unscripted: .error, marks: false)
        let fixture = try Fixture(.inMemory, options: options)
        let answer = fixture.call("Logs_20140328.GetLogEvents", #"{"logGroupName":"g","logStreamName":"s"}"#)
        #expect(answer.status == 501)
        #expect(answer.body.contains("logs.GetLogEvents is not faked"))
        #expect(answer.header("x-awry-request") == nil)
    }

    @Test(arguments: Target.allCases)
    func whatNobodyKnowsIsRefusedAsAWSDoes(target: Target) throws {
        let fixture = try Fixture(target)
        let answer = fixture.call("Kinesis_20131202.DescribeStreams", "{}")
        #expect(answer.status == 400)
        #expect(answer.body.contains("UnknownOperationException"))
        let form = "Action=Nothing&Version=2010-05-08"
        let query = fixture.send(
            """
            POST / HTTP/1.1
            Host: iam.amazonaws.com
            Connection: close
            Content-Type: application/x-www-form-urlencoded
            Content-Length: \(form.utf8.count)

            \(form)
            """)
        #expect(query.status == 400)
        #expect(query.body.contains("<Code>InvalidAction</Code>"))
        #expect(fixture.journal.map { $0.delivery?.error } == ["UnknownOperationException", "InvalidAction"])
        #expect(fixture.journal.map(\.service) == ["kinesis", "iam"])
    }

    @Test(arguments: Target.allCases)
    func aHeadsAnswerHasNoBody(target: Target) throws {
        let fixture = try Fixture(target, "scenario: gone\nrules: [{ match: s3.HeadBucket, error: 404 }]\n")
        let answer = fixture.send("HEAD /reports HTTP/1.1\nHost: localhost\nConnection: close\n\n")
        #expect(answer.status == 404)
        #expect(answer.body.isEmpty)
        #expect(answer.header("x-amz-request-id")?.count == 16)
    }

    /// DocumentDB's requests are RDS's. The one of which rules speak is meant, and the journal says why.
    @Test(arguments: [
        ("docdb.DescribeDBClusters", "docdb", "a rule names docdb"), ("docdb.*", "docdb", "a rule names docdb"),
        ("neptune.CreateDBCluster", "neptune", "a rule names neptune"),
        ("*.DescribeDBClusters", "rds", "rds is the largest API"), ("s3.*", "rds", "rds is the largest API"),
    ])
    func rulesTellServicesApart(match: String, service: String, why: String) throws {
        let fixture = try Fixture(.inMemory, "scenario: databases\nrules: [{ match: '\(match)', delay: 0s }]\n")
        let form = "Action=DescribeDBClusters&Version=2014-10-31"
        let answer = fixture.send(
            """
            POST / HTTP/1.1
            Host: localhost
            Connection: close
            Authorization: AWS4-HMAC-SHA256 Credential=AKID/20260301/us-east-1/rds/aws4_request, Signature=00
            Content-Type: application/x-www-form-urlencoded
            Content-Length: \(form.utf8.count)

            \(form)
            """)
        #expect(answer.status == 200)
        let entry = try #require(fixture.journal.first)
        #expect(entry.service == service)
        #expect(entry.note?.hasPrefix("\(why); the request could be ") == true, "\(entry.note ?? "")")
    }

    /// A decision from the head alone needs no parameters; the journal has them all the same.
    @Test(arguments: Target.allCases)
    func theJournalHoldsWhatWasAskedInAnyCase(target: Target) throws {
        let scenario = """
            scenario: deaf
            rules:
              - { match: "*.*", error: { code: InternalFailure, message: m } }
            """
        let fixture = try Fixture(target, scenario)
        let answer = fixture.call("DynamoDB_20120810.GetItem", #"{"TableName":"t","Key":{"k":{"S":"v"}}}"#)
        #expect(answer.status == 500)
        #expect(fixture.journal.last?.params == ["TableName": "t", "Key": ["k": ["S": "v"]]])
        // Without an SDK's call the body is read, but not decoded.
        #expect(fixture.call("AmazonSQS.DeleteQueue", #"{"QueueUrl":"u"}"#, headers: "").status == 500)
        #expect(fixture.journal.last?.params == ["QueueUrl": "u"])
        let upload =
            "PUT /reports/a%20b HTTP/1.1\nHost: localhost\nConnection: close\namz-sdk-invocation-id: b\n"
            + "Content-Type: text/csv\nContent-Length: 4\n\nbody"
        #expect(fixture.send(upload).status == 500)
        #expect(
            fixture.journal.last?.params == [
                "Bucket": "reports", "ContentLength": 4, "ContentType": "text/csv", "Key": "a b",
                "Body": ["$notKept": 4],
            ])
        #expect(fixture.call("Kinesis_20131202.PutRecord", "no JSON").status == 500)
        #expect(fixture.journal.last?.params == nil)
        let large = String(repeating: "x", count: 70_000)
        #expect(fixture.call("AmazonSQS.SendMessage", #"{"MessageBody":"\#(large)"}"#).status == 500)
        #expect(fixture.journal.last?.params == ["$notKept": 70_018])
        let medium = String(repeating: "x", count: 10_000)
        #expect(fixture.call("AmazonSQS.SendMessage", #"{"MessageBody":"\#(medium)"}"#).status == 500)
        #expect(fixture.journal.last?.params == ["MessageBody": ["$notKept": 10_000]])
        let secret = #"{"AuthFlow":"USER_AUTH","ClientId":"c","AuthParameters":{"PASSWORD":"p"}}"#
        #expect(fixture.call("AWSCognitoIdentityProviderService.InitiateAuth", secret).status == 500)
        #expect(fixture.journal.last?.params?["AuthParameters"] == ["$hidden": true])
    }
}
