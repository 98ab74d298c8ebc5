// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel
import AwryWire
import Testing

/// Requests whose signing name, host, path and action fit operations of several services.
struct AmbiguityTests {
    private static let form = "Content-Type: application/x-www-form-urlencoded; charset=utf-8"

    private func query(_ body: String, _ fields: [String] = []) -> IdentifiedCall? {
        let head = Requests.head("POST /", [Self.form] + fields, scope: "rds")
        return Identifier.shared.identify(head, body: Array("Version=2014-10-31&\(body)".utf8)[...]).call
    }

    private func rest(_ line: String, _ scope: String, _ fields: [String] = []) -> IdentifiedCall? {
        Identifier.shared.identify(Requests.head(line, fields, scope: scope)).call
    }

    @Test func theNewestOrLargestIsTakenAndTheRestIsTold() {
        let cluster = query("Action=DescribeDBClusters")
        #expect(cluster?.service.name == "rds")
        #expect(cluster?.others.map(\.service.name) == ["neptune", "docdb"])
        #expect(
            cluster?.note
                == "rds is the largest API; the request could be neptune.DescribeDBClusters, docdb.DescribeDBClusters "
                + "as well")
        let bot = rest("POST /tags/arn", "lex")
        #expect(bot?.service.name == "lexv2-models")
        #expect(bot?.note == "lexv2-models is the newest API; the request could be lex-models.TagResource as well")
        #expect(rest("GET /greengrass/servicerole", "greengrass")?.service.name == "greengrassv2")
        #expect(rest("POST /phone-number-orders", "chime")?.service.name == "chime-sdk-voice")
        #expect(rest("GET /tags/arn", "ivs")?.service.name == "ivs")
    }

    @Test func whatOnlyOneServiceHasIsItsAlone() {
        let proxy = query("Action=DescribeDBProxies")
        #expect(proxy?.service.name == "rds")
        #expect(proxy?.note == nil)
        #expect(proxy?.others.isEmpty == true)
    }

    @Test(arguments: [
        ("api/docdb#3.500.0", "docdb"), ("api/DocDB/1.2", "docdb"), ("api/neptune#1", "neptune"), ("api/rds#1", "rds"),
        ("api/s3#1", "rds"), ("app/docdb", "rds"),
    ])
    func theUserAgentNamesTheService(agent: String, service: String) {
        let call = query("Action=DescribeDBClusters", ["User-Agent: aws-sdk-js/3.5 lang/js \(agent) m/E"])
        #expect(call?.service.name == service)
        #expect(call?.note?.isEmpty == false)
    }

    @Test func theUserAgentsNamesAreFolded() {
        let call = rest("POST /tags/arn", "lex", ["User-Agent: aws-sdk-rust/1 api/lexmodelbuildingservice/1"])
        #expect(call?.service.name == "lex-models")
    }

    @Test(arguments: [
        ("Engine=docdb", "docdb"), ("Engine=neptune", "neptune"), ("Engine=aurora-mysql", "rds"),
        ("DBParameterGroupFamily=docdb5.0", "docdb"), ("DBParameterGroupFamily=neptune1", "neptune"),
    ])
    func theEngineNamesTheService(item: String, service: String) {
        let call = query("Action=CreateDBClusterParameterGroup&\(item)")
        #expect(call?.service.name == service)
        #expect(call?.note == nil)
    }

    @Test func aParameterThatAServiceLacksRulesItOut() {
        #expect(query("Action=DescribeDBClusters&IncludeShared=true")?.others.map(\.service.name) == [])
        #expect(query("Action=DescribeDBClusters&Filters.Filter.1.Name=x")?.others.count == 2)
        #expect(query("Action=DescribeDBClusters&Nonsense=x")?.others.count == 2)
    }

    @Test func aSlashAtTheEndTells() {
        #expect(rest("POST /agents/a/", "bedrock")?.operation.name == "PrepareAgent")
        #expect(rest("POST /agents/a", "bedrock")?.operation.name == "InvokeInlineAgent")
        #expect(rest("DELETE /bots/b", "lex")?.service.name == "lex-models")
        #expect(rest("DELETE /bots/b/", "lex")?.service.name == "lexv2-models")
    }

    @Test func rulesPreferAService() {
        let call = query("Action=DescribeDBClusters")
        func preferred(_ ranks: [String: Int]) -> IdentifiedCall? {
            call?.preferring { service, _ in ranks[service.name, default: 0] }
        }
        #expect(preferred([:]) === call)
        let chosen = preferred(["docdb": 1])
        #expect(chosen?.service.name == "docdb")
        #expect(chosen?.operation === chosen?.service.operation("DescribeDBClusters"))
        #expect(chosen?.credential == call?.credential)
        #expect(
            chosen?.note
                == "a rule names docdb; the request could be rds.DescribeDBClusters, neptune.DescribeDBClusters "
                + "as well")
        #expect(preferred(["docdb": 1, "rds": 1])?.service.name == "rds")
        #expect(preferred(["docdb": 2, "rds": 1])?.service.name == "docdb")
    }

    @Test func cloudSearchsLongSearches() throws {
        let head = Requests.head("POST /2013-01-01/search", [Self.form], scope: "cloudsearch")
        guard case .needsBody = Identifier.shared.identify(head) else {
            Issue.record("identified without its body")
            return
        }
        let body = Array("format=sdk&pretty=true&q=star+wars&size=3".utf8)
        let call = try #require(Identifier.shared.identify(head, body: body[...]).call)
        #expect(call.service.name == "cloudsearchdomain" && call.operation.name == "Search")
        let input = try Wire.decodeInput(call, head: head, body: body[...])
        #expect(input == ["query": "star wars", "size": 3])
    }

    @Test(arguments: [
        ("Action=DescribeLoadBalancers&Version=2015-12-01", "elbv2"), ("Action=Select&Version=2009-04-15", "sdb"),
        ("Action=ListJobs&Version=2010-06-01&Signature=x&AWSAccessKeyId=y", "importexport"),
        ("Action=DescribeClusters&Version=2012-12-01", "redshift"),
    ])
    func unsignedActions(body: String, service: String) {
        let head = Requests.head("POST /", [Self.form])
        #expect(Identifier.shared.identify(head, body: Array(body.utf8)[...]).call?.service.name == service)
    }

    @Test func everyServiceWithActionsIsLookedAt() {
        for name in Catalogue.shared.serviceNames {
            guard let service = Catalogue.shared.service(name), let operation = service.operations.first,
                [.query, .ec2].contains(service.metadata.protocols.first)
            else { continue }
            let body = "Action=\(operation.name)&Version=\(service.metadata.apiVersion)"
            let head = Requests.head("POST /", [Self.form])
            let call = Identifier.shared.identify(head, body: Array(body.utf8)[...]).call
            #expect(call?.operation.name == operation.name, "\(name)")
        }
    }
}
