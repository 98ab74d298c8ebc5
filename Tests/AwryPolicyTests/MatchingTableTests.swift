// SPDX-License-Identifier: Apache-2.0

import AwryPolicy
import Testing

/// Actions and resources, one a line: pattern | what was asked | whether the statement speaks of it.
struct MatchingTableTests {
    static let actions = """
        s3:GetObject | s3:GetObject | yes
        S3:getobject | s3:GetObject | yes
        s3:* | s3:GetObject | yes
        * | s3:GetObject | yes
        s3:Get* | s3:GetObject | yes
        s3:Get* | s3:PutObject | no
        s3:*Object | s3:PutObject | yes
        s3:*Object | s3:PutObjectAcl | no
        s3:?etObject | s3:GetObject | yes
        s3:?etObject | s3:ResetObject | no
        iam:*AccessKey* | iam:CreateAccessKey | yes
        iam:*accesskey* | iam:ListAccessKeys | yes
        s3:GetObject | sqs:GetObject | no
        *:GetObject | s3:GetObject | yes
        sqs:* | s3:GetObject | no
        """
    static let resources = """
        * | arn:aws:s3:::b/k | yes
        arn:aws:s3:::b/k | arn:aws:s3:::b/k | yes
        arn:aws:s3:::b/K | arn:aws:s3:::b/k | no
        arn:aws:s3:::b/* | arn:aws:s3:::b/k | yes
        arn:aws:s3:::b/* | arn:aws:s3:::b/a/b/c | yes
        arn:aws:s3:::b/* | arn:aws:s3:::b | no
        arn:aws:s3:::b* | arn:aws:s3:::bucket/k | yes
        arn:aws:s3:::b/*/test/* | arn:aws:s3:::b/1/test/o.jpg | yes
        arn:aws:s3:::b/*/test/* | arn:aws:s3:::b/1/2/test/3/o.jpg | yes
        arn:aws:s3:::b/*/test/* | arn:aws:s3:::b/1-test/o.jpg | no
        arn:aws:s3:::b/??? | arn:aws:s3:::b/abc | yes
        arn:aws:s3:::b/??? | arn:aws:s3:::b/ab | no
        arn:aws:iam::111122223333:user/* | arn:aws:iam::111122223333:user/division/bob | yes
        arn:aws:iam::111122223333:* | arn:aws:iam::111122223333:user/bob | yes
        arn:aws:sqs:*:111122223333:q | arn:aws:sqs:eu-west-1:111122223333:q | yes
        arn:aws:sqs:us-*:111122223333:q | arn:aws:sqs:eu-west-1:111122223333:q | no
        arn:aws:s3:::b/${aws:username}/* | arn:aws:s3:::b/alice/x | yes
        arn:aws:s3:::b/${aws:username}/* | arn:aws:s3:::b/bob/x | no
        arn:aws:s3:::b/${test:absent}/* | arn:aws:s3:::b/alice/x | no
        arn:aws:s3:::b/${test:absent, 'all'}/* | arn:aws:s3:::b/all/x | yes
        arn:aws:s3:::b/${*} | arn:aws:s3:::b/k | no
        arn:aws:s3:::b/${*} | arn:aws:s3:::b/* | yes
        arn:aws:s3:::b/${test:star} | arn:aws:s3:::b/k | no
        arn:aws:s3:::b/${test:star} | arn:aws:s3:::b/* | yes
        """

    static func rows(_ text: String, _ source: String, _ make: (String, String, String) -> (String, PolicyRequest))
        -> [Row]
    {
        text.split(separator: "\n").map { line in
            let parts = line.split(separator: "|").map { part in
                String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
            }
            let (statement, request) = make(parts[0], parts[1], parts[2])
            return Row(
                name: String(line), request: request, layers: PolicyLayers(identity: Deciding.set(statement)),
                expected: parts[2] == "yes" ? "allowed" : "implicitDeny identity", source: source)
        }
    }

    static let keys = ["aws:username": ["alice"], "test:star": ["*"]]

    static let allRows =
        rows(actions, "IAM JSON policy elements: Action") { pattern, asked, _ in
            (Deciding.allow(pattern), Deciding.request(asked, keys))
        }
        + rows(resources, "IAM JSON policy elements: Resource") { pattern, asked, _ in
            (Deciding.allow("*", on: pattern), Deciding.request(on: asked, keys))
        }
        + rows(opposite(actions), "IAM JSON policy elements: NotAction") { pattern, asked, _ in
            ("{\"Effect\":\"Allow\",\"NotAction\":\"\(pattern)\",\"Resource\":\"*\"}", Deciding.request(asked, keys))
        }
        + rows(opposite(resources), "IAM JSON policy elements: NotResource") { pattern, asked, _ in
            (
                "{\"Effect\":\"Allow\",\"Action\":\"*\",\"NotResource\":\"\(pattern)\"}",
                Deciding.request(on: asked, keys)
            )
        }

    private static func opposite(_ text: String) -> String {
        text.split(separator: "\n").map { $0.hasSuffix("yes") ? $0.dropLast(3) + "no" : $0.dropLast(2) + "yes" }
            .joined(separator: "\n")
    }

    @Test(arguments: allRows) func decides(_ row: Row) { row.check() }

    @Test func theTableIsLong() { #expect(Self.allRows.count >= 75) }

    @Test func theOlderVersionHasNoVariables() {
        let statement = Deciding.allow(on: "arn:aws:s3:::b/${aws:username}")
        let layers = PolicyLayers(identity: Deciding.set(statement, version: "2008-10-17"))
        let asked = ["arn:aws:s3:::b/alice", "arn:aws:s3:::b/${aws:username}"]
        let outcomes = asked.map { layers.judge(Deciding.request(on: $0, Self.keys)).outcome }
        #expect(outcomes == [.implicitDeny, .allowed])
    }
}
