// SPDX-License-Identifier: Apache-2.0

import AwryPolicy
import Testing

/// What is wrong with a document, in AWS's words, and where.
struct MistakeTests {
    private static let good = "\"Effect\":\"Allow\",\"Action\":\"s3:GetObject\",\"Resource\":\"*\""

    private func check(
        _ text: String, as kind: PolicyKind = .identity, _ message: String, line: Int = 1, column: Int? = nil
    ) {
        do throws(PolicyMistake) {
            _ = try Policy(text, as: kind)
            Issue.record("\(text) was taken")
        } catch {
            #expect(error.message == message, "\(error.detail)")
            #expect(error.place.line == line)
            if let column { #expect(error.place.column == column) }
        }
    }

    private func wrap(_ statement: String) -> String {
        "{\"Version\":\"2012-10-17\",\"Statement\":[{\(statement)}]}"
    }

    @Test(arguments: [
        "", "nothing", "[]", "{", "{\"Version\":\"2012-10-17\"}", "{\"Version\":\"2012-10-17\",\"Statement\":[]}",
        "{\"Version\":\"2011-01-01\",\"Statement\":[{\(good)}]}",
        "{\"Version\":\"2012-10-17\",\"Extra\":1,\"Statement\":[{\(good)}]}",
    ]) func aDocumentThatIsNone(_ text: String) { check(text, "Syntax errors in policy.") }

    @Test(arguments: [
        "\"Action\":\"s3:*\",\"Resource\":\"*\"",
        "\"Effect\":\"Perhaps\",\"Action\":\"s3:*\",\"Resource\":\"*\"",
        "\(good),\"Extra\":1", "\(good),\"NotAction\":\"s3:*\"", "\(good),\"NotResource\":\"*\"", "\(good),\"Sid\":1",
        "\(good),\"Condition\":[]", "\(good),\"Condition\":{\"StringEquals\":\"a\"}",
        "\(good),\"Condition\":{\"StringIs\":{\"aws:x\":\"a\"}}",
        "\(good),\"Condition\":{\"StringEquals\":{\"aws:x\":{}}}",
        "\"Effect\":\"Allow\",\"Action\":1,\"Resource\":\"*\"",
    ]) func aStatementThatIsNone(_ statement: String) { check(wrap(statement), "Syntax errors in policy.") }

    @Test func theOtherMistakesOfIdentities() {
        let older = "Policy document must be version 2012-10-17 or greater."
        check("{\"Statement\":[{\(Self.good)}]}", older)
        check("{\"Version\":\"2008-10-17\",\"Statement\":[{\(Self.good)}]}", older, column: 12)
        check(wrap("\"Effect\":\"allow\",\"Action\":\"s3:*\",\"Resource\":\"*\""), "The policy failed legacy parsing")
        let date = "\"Condition\":{\"DateLessThan\":{\"aws:CurrentTime\":\"soon\"}}"
        check(wrap("\(Self.good),\(date)"), "The policy failed legacy parsing")
        check(wrap("\"Effect\":\"Allow\",\"Resource\":\"*\""), "Policy statement must contain actions.")
        check(
            wrap("\"Effect\":\"Allow\",\"Action\":[],\"Resource\":\"*\""), "Policy statement must contain actions.")
        check(wrap("\"Effect\":\"Allow\",\"Action\":\"s3:*\""), "Policy statement must contain resources.")
        check(wrap("\(Self.good),\"Principal\":\"*\""), "Policy document should not specify a principal.")
        check(
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"a\",\(Self.good)},{\"Sid\":\"a\",\(Self.good)}]}",
            "Statement IDs (SID) in a single policy must be unique.")
    }

    @Test func actionsAndResources() {
        func action(_ text: String, _ message: String) {
            check(wrap("\"Effect\":\"Allow\",\"Action\":\"\(text)\",\"Resource\":\"*\""), message)
        }
        action("GetObject", "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.")
        action("s3:Get:Object", "Actions/Condition can contain only one colon.")
        action("s 3:GetObject", "Vendor s 3 is not valid")
        func resource(_ text: String, _ message: String) {
            check(wrap("\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"\(text)\""), message)
        }
        resource("bucket", "Resource bucket must be in ARN format or \"*\".")
        resource("arn:moon:s3:::b", "Partition \"moon\" is not valid for resource \"arn:moon:s3:::b\".")
        resource("arn:aws:s3:us-east-1::b", "Resource arn:aws:s3:us-east-1::b can not contain region information.")
        resource(
            "arn:aws:iam:us-east-1:1:user/a",
            "IAM resource arn:aws:iam:us-east-1:1:user/a cannot contain region information.")
        resource("arn:aws:", "Resource vendor must be fully qualified and cannot contain regexes.")
    }

    @Test func trust() {
        let good = "\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\""
        check(wrap(good), as: .trust, "Missing required field Principal")
        check(wrap("\(good),\"Principal\":\"*\",\"Resource\":\"*\""), as: .trust, "Has prohibited field Resource")
        check(
            wrap("\(good),\"Principal\":{\"AWS\":\"arn:aws:iam::1:user/x\"}"), as: .trust,
            "Invalid principal in policy: \"AWS\":\"arn:aws:iam::1:user/x\"")
        check(
            wrap("\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Principal\":\"*\""), as: .trust,
            "Trust Policy statement actions can only be sts:AssumeRole, sts:AssumeRoleWithSAML,  and "
                + "sts:AssumeRoleWithWebIdentity")
    }

    @Test func placesCountLinesAndColumns() {
        let text = """
            {
              "Version": "2012-10-17",
              "Statement": [
                {"Effect": "Allow", "Action": "s3:*", "Resource": "*"},
                {"Effect": "Allow", "Action": ["s3:*", "GetObject"], "Resource": "*"}
              ]
            }
            """
        check(
            text, "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.", line: 5, column: 44)
        let mistakes = Policy.mistakes(in: text, as: .resource)
        #expect(mistakes.map(\.place.line) == [4, 5, 5])
    }

    @Test func aMistakeNamesWhatIsNear() {
        let text = wrap("\(Self.good),\"Condition\":{\"StringEqual\":{\"aws:x\":\"a\"}}")
        let mistakes = Policy.mistakes(in: text, as: .identity)
        #expect(mistakes.map(\.detail) == ["no such operator: StringEqual; did you mean StringEquals?"])
        #expect(mistakes.map(\.s3Message) == ["Invalid Condition type : StringEqual"])
    }

    @Test func statementsHavePlaces() throws {
        let policy = try Policy(wrap(Self.good), as: .identity)
        let place = try #require(policy.place(ofStatement: 0))
        #expect(place.start.column == 38 && place.end.column == 38 + Self.good.utf8.count + 2)
    }

    @Test func keysAreThoseOfConditionsAndVariables() throws {
        let rest = ",\"Condition\":{\"StringLike\":{\"s3:prefix\":\"${aws:username}/*\"}}"
        let text = Deciding.allow(on: "arn:aws:s3:::${aws:PrincipalTag/Team}/*", rest: rest)
        let policy = try Policy("{\"Version\":\"2012-10-17\",\"Statement\":\(text)}", as: .identity)
        #expect(policy.contextKeys == ["aws:principaltag/team", "s3:prefix", "aws:username"])
    }

    @Test func denialsSayWhoWhatAndWhy() {
        let request = Deciding.request("iam:CreateUser", on: "arn:aws:iam::111122223333:user/x")
        let none = PolicyLayers().judge(request)
        let start =
            "User: arn:aws:iam::111122223333:user/alice is not authorized to perform: iam:CreateUser on resource: "
            + "arn:aws:iam::111122223333:user/x "
        #expect(
            none.denial(of: request.principal, action: request.action, on: request.resource)
                == start + "because no identity-based policy allows the iam:CreateUser action")
        let denying = PolicyLayers(identity: Deciding.set(Deciding.deny("iam:*"))).judge(request)
        #expect(
            denying.denial(of: request.principal, action: request.action, on: request.resource)
                == start + "with an explicit deny in an identity-based policy")
    }
}
