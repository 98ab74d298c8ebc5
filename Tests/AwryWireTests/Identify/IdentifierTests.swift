// SPDX-License-Identifier: Apache-2.0

import AwryHTTP
import AwryModel
import AwryWire
import Testing

struct IdentifierTests {
    private let form = ["Content-Type: application/x-www-form-urlencoded; charset=utf-8"]

    private func found(_ head: RequestHead, _ body: String? = nil) -> Identification {
        Identifier.shared.identify(head, body: body.map { Array($0.utf8)[...] })
    }

    @Test func targets() {
        let known = found(Requests.head("POST /", ["X-Amz-Target: Kinesis_20131202.PutRecord"]))
        #expect(known.summary == "kinesis.PutRecord")
        #expect(known.call?.dialect == .json(version: "1.1"))
        let queue = found(
            Requests.head("POST /", ["X-Amz-Target: AmazonSQS.SendMessage", "x-amzn-query-mode: true"], scope: "sqs"))
        #expect(queue.call?.wantsQueryErrors == true)
        #expect(queue.call?.dialect == .json(version: "1.0"))
        for target in ["Kinesis_20131202.PutRecrod", "Kinesis.PutRecord", "", ".", "PutRecord"] {
            #expect(
                found(Requests.head("POST /", ["X-Amz-Target: \(target)"])).summary == "400 UnknownOperationException")
        }
        guard case .failure(let failure) = found(Requests.head("POST /", ["X-Amz-Target: Kinesis_20131202.PutRecrod"]))
        else { return }
        #expect(failure.service?.name == "kinesis")
        #expect(failure.note.contains("PutRecord"))
    }

    @Test func whatIdentityPoolsPublish() {
        let keys = "cognito-identity-pages.GetKeys"
        for host in ["localhost:4566", "127.0.0.1:4566", "cognito-identity.amazonaws.com"] {
            #expect(found(Requests.head("GET /.well-known/jwks_uri", host: host)).summary == keys)
        }
        for host in ["pictures.s3.amazonaws.com", "pictures.localhost"] {
            #expect(found(Requests.head("GET /.well-known/jwks_uri", host: host)).summary == "s3.GetObject")
        }
        #expect(
            found(Requests.head("GET /.well-known/openid-configuration")).summary
                == "cognito-identity-pages.GetConfiguration")
    }

    @Test func timestreamIsToldByItsHost() {
        let target = ["X-Amz-Target: Timestream_20181101.DescribeEndpoints"]
        for (host, service) in [("query", "timestream-query"), ("ingest", "timestream-write")] {
            let head = Requests.head("POST /", target, host: "\(host).timestream.us-east-1.amazonaws.com")
            #expect(found(head).call?.service.name == service)
        }
        #expect(found(Requests.head("POST /", target)).call?.note != nil)
    }

    @Test func actions() {
        let head = Requests.head("POST /", form, scope: "iam")
        #expect(found(head).summary == "needsBody")
        #expect(found(head, "Action=GetUser&Version=2010-05-08").summary == "iam.GetUser")
        #expect(found(head, "Action=GetUsr&Version=2010-05-08").summary == "400 InvalidAction")
        #expect(found(head, "Version=2010-05-08").summary == "400 MissingAction")
        #expect(found(Requests.head("GET /?Action=GetUser&Version=2010-05-08", scope: "iam")).summary == "iam.GetUser")
        #expect(
            found(Requests.head("GET /1/q?Action=SendMessage&Version=2012-11-05", scope: "sqs")).summary
                == "sqs.SendMessage")
        #expect(found(Requests.head("GET /1/q", scope: "sqs")).summary == "404 UnknownOperationException")
        #expect(found(Requests.head("POST /", form)).summary == "needsBody")
        #expect(
            found(Requests.head("POST /", form), "Action=AssumeRoleWithWebIdentity&Version=2011-06-15").summary
                == "sts.AssumeRoleWithWebIdentity")
        let presigned = Requests.head(
            "GET /?Action=GetCallerIdentity&Version=2011-06-15&X-Amz-Algorithm=AWS4-HMAC-SHA256"
                + "&X-Amz-Credential=AKID/20260301/us-west-2/sts/aws4_request")
        #expect(found(presigned).summary == "sts.GetCallerIdentity")
        #expect(found(presigned).call?.region == "us-west-2")
    }

    @Test func servicesThatShareAName() {
        let head = Requests.head("POST /", form, scope: "elasticloadbalancing")
        #expect(found(head, "Action=DescribeLoadBalancers&Version=2012-06-01").call?.service.name == "elb")
        #expect(found(head, "Action=DescribeLoadBalancers&Version=2015-12-01").call?.service.name == "elbv2")
        let rds = found(Requests.head("POST /", form, scope: "rds"), "Action=DescribeDBClusters&Version=2014-10-31")
        #expect(rds.call?.service.name == "rds")
        #expect(rds.call?.note != nil)
    }

    @Test func bearerTokens() {
        let token = ["Authorization: Bearer t"]
        #expect(found(Requests.head("GET /v1/spaces/orders", token)).summary == "codecatalyst.GetSpace")
        #expect(found(Requests.head("POST /model/m/converse", token)).summary == "bedrock-runtime.Converse")
        #expect(found(Requests.head("GET /foundation-models", token)).summary == "bedrock.ListFoundationModels")
        #expect(found(Requests.head("GET /no/such/path", token)).summary.hasPrefix("404"))
    }

    @Test func cbor() {
        let head = Requests.head(
            "POST /service/GraniteServiceVersion20100801/operation/PutMetricData", ["smithy-protocol: rpc-v2-cbor"],
            scope: "monitoring")
        #expect(found(head).summary == "cloudwatch.PutMetricData")
        #expect(found(head).call?.dialect == .cbor)
    }

    @Test func rest() {
        let lambda = found(
            Requests.head(
                "GET /2015-03-31/functions/arn%3Aaws%3Alambda%3Aus-east-1%3A1%3Afunction%3Af%2B%20%2Fx", scope: "lambda"
            ))
        #expect(lambda.summary == "lambda.GetFunction")
        #expect(lambda.labels == "FunctionName=arn:aws:lambda:us-east-1:1:function:f+ /x")
        #expect(
            found(Requests.head("POST /restapis?mode=import", scope: "apigateway")).summary
                == "apigateway.ImportRestApi")
        #expect(found(Requests.head("POST /restapis", scope: "apigateway")).summary == "apigateway.CreateRestApi")
        #expect(found(Requests.head("POST /nothing", scope: "lambda")).summary == "404 UnknownOperationException")
        let portal = found(
            Requests.head(
                "GET /portals/arn:aws:workspaces-web:us-east-1:1:portal/abc/identityProviders", scope: "workspaces-web")
        )
        #expect(portal.summary == "workspaces-web.ListIdentityProviders")
        #expect(portal.labels == "portalArn=arn:aws:workspaces-web:us-east-1:1:portal/abc")
        #expect(found(Requests.head("GET /b/k", scope: "nosuch")).summary == "404 UnknownOperationException")
    }

    @Test func unsignedSingleSignOn() {
        let head = Requests.head(
            "GET /federation/credentials?role_name=r&account_id=1", ["x-amz-sso_bearer_token: t"])
        #expect(found(head).summary == "sso.GetRoleCredentials")
        let register = Requests.head("POST /client/register", ["Content-Type: application/json"])
        #expect(found(register).summary == "sso-oidc.RegisterClient")
    }

    @Test func asymmetricSignatures() {
        let head = Requests.head(
            "GET /b/k",
            [
                "Authorization: AWS4-ECDSA-P256-SHA256 Credential=AKID/20260301/s3/aws4_request, SignedHeaders=host, "
                    + "Signature=00", "X-Amz-Region-Set: eu-west-1,us-east-1",
            ])
        let call = found(head).call
        #expect(call?.region == "eu-west-1")
        #expect(call?.credential.service == "s3")
        #expect(call?.credential.accessKey == "AKID")
    }

    @Test(arguments: [
        "AWS4-HMAC-SHA256", "AWS4-HMAC-SHA256 Credential=", "AWS4-HMAC-SHA256 Credential=a/b", "AWS ", "Bearer x", "",
        "AWS4-HMAC-SHA256 Credential=////", "AWS4-HMAC-SHA256 Credential=/////////////////////",
    ])
    func brokenAuthorizations(_ value: String) {
        #expect(!found(Requests.head("GET /b/k", ["Authorization: \(value)"])).summary.isEmpty)
    }
}
