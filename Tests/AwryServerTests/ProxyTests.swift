// SPDX-License-Identifier: Apache-2.0

import AwryScenario
import AwryServer
import Testing

/// A server that is a proxy for AWS's hosts.
@Suite struct ProxyTests {
    private static var options: PipelineOptions {
        var options = PipelineOptions()
        options.proxied = ProxiedHosts(names: ["Awry.test", "*.awry.test"])
        return options
    }

    @Test(
        arguments: Target.allCases,
        [
            "sqs.us-east-1.amazonaws.com", "SQS.US-EAST-1.AMAZONAWS.COM", "b.s3.us-east-1.amazonaws.com",
            "x.lambda-url.us-east-1.on.aws", "lambda.us-east-1.api.aws", "x.amazonaws.com.cn", "localhost",
            "b.localhost", "127.0.0.1", "[::1]", "169.254.169.254", "awry.test", "b.s3.awry.test",
        ])
    func standsForItsHosts(_ target: Target, _ host: String) throws {
        let fixture = try Fixture(target, options: Self.options)
        for place in ["http://\(host)/", "http://\(host):4566/", "https://\(host)"] {
            #expect(fixture.send("GET \(place) HTTP/1.1\nHost: x\nConnection: close\n\n").status != 403)
        }
        let tunnelled = fixture.send("CONNECT \(host):443 HTTP/1.1\nHost: x\n\nGET / HTTP/1.0\r\n\r\n")
        #expect(tunnelled.raw.hasPrefix("HTTP/1.1 200 Connection established\r\n\r\nHTTP/1.1 "))
    }

    @Test(
        arguments: Target.allCases,
        [
            "example.com", "amazonaws.com.example.com", "notamazonaws.com", "10.0.0.1", "169.254.169.253", "[fd00::1]",
            "aws", "xawry.test", "localhost.example.com", "127.0.0.1.example.com",
        ])
    func standsForNobodyElse(_ target: Target, _ host: String) throws {
        let fixture = try Fixture(target, options: Self.options)
        for line in ["GET http://\(host)/ HTTP/1.1", "CONNECT \(host):443 HTTP/1.1"] {
            let answer = fixture.send("\(line)\nHost: sqs.us-east-1.amazonaws.com\n\n")
            #expect(answer.status == 403)
            #expect(answer.body.contains("\(host) is not proxied"))
            #expect(answer.header("connection") == "close")
            #expect(fixture.journal.last?.delivery?.error == "NotProxied")
        }
    }

    @Test(arguments: Target.allCases)
    func isNoneUnlessToldSo(_ target: Target) throws {
        let fixture = try Fixture(target)
        #expect(fixture.send("CONNECT sqs.us-east-1.amazonaws.com:443 HTTP/1.1\nHost: x\n\n").status == 501)
        // An origin server takes absolute targets (RFC 9112 3.2.2).
        #expect(fixture.send("GET http://example.com/ HTTP/1.1\nHost: x\nConnection: close\n\n").status == 200)
    }

    @Test(arguments: Target.allCases)
    func theTargetsHostIsMatched(_ target: Target) throws {
        let fixture = try Fixture(
            target,
            """
            scenario: x
            rules:
              - match: { service: s3, host: bucket.s3.amazonaws.com }
                raw: { status: 418 }
            """, options: Self.options)
        let answer = fixture.send("GET http://bucket.s3.amazonaws.com/k HTTP/1.1\nHost: other\nConnection: close\n\n")
        #expect(answer.status == 418)
        #expect(fixture.journal.last?.origin.host == "bucket.s3.amazonaws.com")
    }

    @Test(
        arguments: Target.allCases,
        [
            ("169.254.169.254", "/latest/meta-data/iam/security-credentials/", "imds.ListRoles"),
            ("[fd00:ec2::254]:80", "/latest/meta-data/iam/security-credentials/", "imds.ListRoles"),
            ("169.254.170.2", "/v2/credentials/x?y=z", "container.GetCredentials"),
        ])
    func metadataAddressesAreServices(_ target: Target, _ request: (String, String, String)) throws {
        let fixture = try Fixture(target, options: Self.options)
        let (host, path, operation) = request
        for (place, name) in [("http://\(host)\(path)", "x"), (path, host)] {
            let answer = fixture.send("GET \(place) HTTP/1.1\nHost: \(name)\nConnection: close\n\n")
            #expect(answer.status == 200)
            #expect(fixture.journal.last.map { "\($0.service).\($0.operation)" } == operation)
        }
    }
}
