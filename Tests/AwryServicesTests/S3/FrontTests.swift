// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Testing

@testable import AwryServices

struct FrontTests {
    @Test(arguments: [
        ("https://a.example.com", "GET", ["x-amz-date"], true), ("https://example.com", "GET", [], false),
        ("http://a.example.com", "GET", [], false), ("https://a.example.com", "POST", [], false),
        ("https://a.example.com", "GET", ["authorization"], false), ("http://any", "HEAD", [], true),
    ])
    func theFirstRuleThatFitsCounts(_ origin: String, _ method: String, _ asked: [String], _ isAllowed: Bool) {
        let rules = CORSRules([
            "CORSRules": [
                [
                    "AllowedOrigins": ["https://*.example.com"], "AllowedMethods": ["GET"],
                    "AllowedHeaders": ["X-Amz-*"],
                ],
                ["AllowedOrigins": ["*"], "AllowedMethods": ["HEAD"]],
            ]
        ])
        #expect((rules.headers(origin: origin, method: method, asked: asked) != nil) == isAllowed)
    }

    @Test func routingRules() {
        let site = WebsiteRules([
            "IndexDocument": ["Suffix": "i.html"],
            "RoutingRules": [
                ["Condition": ["KeyPrefixEquals": "a/"], "Redirect": ["ReplaceKeyPrefixWith": "b/"]],
                [
                    "Condition": ["HttpErrorCodeReturnedEquals": "404"],
                    "Redirect": ["HostName": "h", "HttpRedirectCode": "307"],
                ],
            ],
        ])
        #expect(site.key(for: "") == "i.html" && site.key(for: "x/") == "x/i.html" && site.key(for: "x") == "x")
        #expect(site.redirect(of: "a/k", status: 200)?.key == "b/k")
        #expect(site.redirect(of: "c", status: 200) == nil)
        #expect(site.redirect(of: "c", status: 404) == .init(status: 307, scheme: nil, host: "h", key: "c"))
        #expect(site.redirect(of: "a/k", status: 403) == nil)
    }

    @Test func aPolicyCoversEveryField() throws {
        let text =
            #"{"expiration":"2026-03-01T12:00:00Z","conditions":[["starts-with","$Content-Type","text/"],{"key":"k"}]}"#
        let policy = try PostPolicy(base64: Base64.text(Array(text.utf8)))
        let before = Timestamp(seconds: 1_772_366_399)
        func judge(_ fields: [(String, String)], _ now: Timestamp) -> String? {
            let named = fields.map { (name: $0.0, value: $0.1) }
            do throws(WireError) {
                try policy.judge(named, bucket: "b", size: 1, now: now)
                return nil
            } catch {
                return error.message
            }
        }
        let good = [("key", "k"), ("content-type", "text/a,text/b"), ("policy", "…")]
        #expect(judge(good, before) == nil)
        #expect(judge(good, before + .seconds(1)) == "Invalid according to Policy: Policy expired.")
        #expect(judge(good + [("acl", "x")], before) == "Invalid according to Policy: Extra input fields: acl")
        let failed = ##"Policy Condition failed: ["starts-with", "$Content-Type", "text/"]"##
        #expect(
            judge([("key", "k"), ("content-type", "text/a,b")], before) == "Invalid according to Policy: " + failed)
    }
}
