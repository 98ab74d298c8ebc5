// SPDX-License-Identifier: Apache-2.0

import AwryPolicy
import Testing

/// Conditions, one a line: operator | values of the policy | values of the request | whether it holds. Values stand
/// between semicolons; `-` is a key that is not there, `()` one without a value. The key is `test:key`; beside it the
/// request has `aws:username` alice, `aws:PrincipalTag/team` red and `test:several` one and two.
struct ConditionTableTests {
    static let strings = """
        StringEquals | a | a | yes
        StringEquals | a | A | no
        StringEquals | a | b | no
        StringEquals | a;b | b | yes
        StringEquals | a* | ab | no
        StringEquals | a* | a* | yes
        StringEquals | a | - | no
        StringEquals |  |  | yes
        StringEquals | a | ab | no
        StringNotEquals | a | a | no
        StringNotEquals | a | A | yes
        StringNotEquals | a | b | yes
        StringNotEquals | a;b | b | no
        StringNotEquals | a;b | c | yes
        StringNotEquals | a | - | yes
        StringEqualsIgnoreCase | abC | ABc | yes
        StringEqualsIgnoreCase | abc | abd | no
        StringEqualsIgnoreCase | a | - | no
        StringNotEqualsIgnoreCase | abc | ABC | no
        StringNotEqualsIgnoreCase | abc | xyz | yes
        StringNotEqualsIgnoreCase | abc | - | yes
        StringLike | a* | abc | yes
        StringLike | a* | A | no
        StringLike | a* | a | yes
        StringLike | * |  | yes
        StringLike | * | - | no
        StringLike | a?c | abc | yes
        StringLike | a?c | ac | no
        StringLike | a?c | aéc | yes
        StringLike | *b* | abc | yes
        StringLike | *b*b | abcb | yes
        StringLike | *b*b | abc | no
        StringLike | home/*;share/* | share/x | yes
        StringLike | home/ | home/x | no
        StringLike | a**b | ab | yes
        StringNotLike | a* | abc | no
        StringNotLike | a* | xbc | yes
        StringNotLike | a* | - | yes
        StringNotLike | a*;x* | xbc | no
        """
    static let numbers = """
        NumericEquals | 10 | 10 | yes
        NumericEquals | 10 | 10.0 | yes
        NumericEquals | 10 | 11 | no
        NumericEquals | 10 | ten | no
        NumericEquals | ten | 10 | no
        NumericEquals | 10 | - | no
        NumericEquals | 9;10 | 10 | yes
        NumericNotEquals | 10 | 10 | no
        NumericNotEquals | 10 | 11 | yes
        NumericNotEquals | 10 | - | yes
        NumericLessThan | 10 | 9 | yes
        NumericLessThan | 10 | 10 | no
        NumericLessThan | 10 | - | no
        NumericLessThan | -1 | -1.5 | yes
        NumericLessThanEquals | 10 | 10 | yes
        NumericLessThanEquals | 10 | 11 | no
        NumericGreaterThan | 10 | 11 | yes
        NumericGreaterThan | 10 | 10 | no
        NumericGreaterThanEquals | 10 | 10 | yes
        NumericGreaterThanEquals | 10 | 9 | no
        """
    static let dates = """
        DateEquals | 2026-03-01T12:00:00Z | 2026-03-01T12:00:00Z | yes
        DateEquals | 2026-03-01T12:00:00Z | 2026-03-01T13:00:00+01:00 | yes
        DateEquals | 1772366400 | 2026-03-01T12:00:00Z | yes
        DateEquals | 2026-03-01T12:00:00Z | 2026-03-01T12:00:01Z | no
        DateEquals | 2026-03-01T12:00:00Z | - | no
        DateNotEquals | 2026-03-01T12:00:00Z | 2026-03-01T12:00:01Z | yes
        DateNotEquals | 2026-03-01T12:00:00Z | - | yes
        DateLessThan | 2026-03-01T12:00:00Z | 2026-03-01T11:59:59Z | yes
        DateLessThan | 2026-03-01T12:00:00Z | 2026-03-01T12:00:00Z | no
        DateLessThan | 2026-03-01T12:00:00Z | - | no
        DateLessThanEquals | 2026-03-01T12:00:00Z | 2026-03-01T12:00:00Z | yes
        DateLessThanEquals | 2026-03-01T12:00:00Z | 2026-03-02 | no
        DateGreaterThan | 2026-03-01T12:00:00Z | 2026-03-01T12:00:00Z | no
        DateGreaterThan | 2026-03-01T12:00:00Z | 2026-03-02 | yes
        DateGreaterThanEquals | 2026-03-01T12:00:00Z | 2026-03-01T12:00:00Z | yes
        DateGreaterThanEquals | 2026-03-01T12:00:00Z | 2026-03-01T11:59:59Z | no
        DateGreaterThan | 2026-03-01 | yesterday | no
        """
    static let others = """
        Bool | true | true | yes
        Bool | true | True | yes
        Bool | true | false | no
        Bool | true | - | no
        Bool | false | - | no
        Bool | false | false | yes
        BinaryEquals | QmluYXJ5VmFsdWVJbkJhc2U2NA== | QmluYXJ5VmFsdWVJbkJhc2U2NA== | yes
        BinaryEquals | QmluYXJ5VmFsdWVJbkJhc2U2NA== | QmluYXJ5VmFsdWVJbkJhc2U2NQ== | no
        BinaryEquals | QUJD | ABC | no
        BinaryEquals | QUJD | - | no
        Null | true | - | yes
        Null | true | a | no
        Null | false | - | no
        Null | false | a | yes
        Null | true |  | no
        """
    static let addresses = """
        IpAddress | 203.0.113.0/24 | 203.0.113.9 | yes
        IpAddress | 203.0.113.0/24 | 203.0.114.9 | no
        IpAddress | 203.0.113.9 | 203.0.113.9 | yes
        IpAddress | 203.0.113.9 | 203.0.113.8 | no
        IpAddress | 203.0.113.0/24;10.0.0.0/8 | 10.1.2.3 | yes
        IpAddress | 0.0.0.0/0 | 8.8.8.8 | yes
        IpAddress | 203.0.113.128/25 | 203.0.113.127 | no
        IpAddress | 203.0.113.128/25 | 203.0.113.128 | yes
        IpAddress | 203.0.113.0/24 | 2001:db8::1 | no
        IpAddress | 2001:db8::/32 | 2001:db8:1::9 | yes
        IpAddress | 2001:db8::/32 | 2001:db9::9 | no
        IpAddress | 2001:DB8:1234:5678::/64 | 2001:db8:1234:5678::1 | yes
        IpAddress | ::/0 | 2001:db8::1 | yes
        IpAddress | 203.0.113.0/24 | - | no
        IpAddress | 203.0.113.0/33 | 203.0.113.9 | no
        IpAddress | 203.0.113.0/24 | no address | no
        NotIpAddress | 203.0.113.0/24 | 203.0.113.9 | no
        NotIpAddress | 203.0.113.0/24 | 198.51.100.1 | yes
        NotIpAddress | 203.0.113.0/24;2001:db8::/32 | 2001:db8::1 | no
        NotIpAddress | 203.0.113.0/24 | - | yes
        """
    static let arns = """
        ArnEquals | arn:aws:sns:us-east-1:111122223333:topic | arn:aws:sns:us-east-1:111122223333:topic | yes
        ArnEquals | arn:aws:sns:us-east-1:111122223333:* | arn:aws:sns:us-east-1:111122223333:topic | yes
        ArnEquals | arn:aws:sns:*:111122223333:topic | arn:aws:sns:eu-west-1:111122223333:topic | yes
        ArnEquals | arn:aws:sns:us-east-1:111122223333:topic | arn:aws:sns:us-east-1:111122223333:other | no
        ArnEquals | arn:aws:sns:us-east-1:111122223333:topic | - | no
        ArnLike | arn:aws:s3:::my_bucket/* | arn:aws:s3:::my_bucket/a/b | yes
        ArnLike | arn:aws:s3:::my_bucket/* | arn:aws:s3:::my_bucket | no
        ArnLike | arn:aws:sqs:*:*:q?eue | arn:aws:sqs:us-east-1:1:queue | yes
        ArnLike | arn:*:topic | arn:aws:sns:us-east-1:111122223333:topic | no
        ArnLike | arn:aws:*:*:111122223333:a:b | arn:aws:logs:us-east-1:111122223333:a:b | yes
        ArnLike | arn:aws:sns:us-east-1:1111*:t | arn:aws:sns:us-east-1:111122223333:t | yes
        ArnLike | arn:aws:sns:*:t | arn:aws:sns:us-east-1:111122223333:t | no
        ArnLike | * | arn:aws:sns:us-east-1:111122223333:t | yes
        ArnLike | arn:aws:iam::111122223333:role/* | not an arn | no
        ArnLike | arn:aws:iam::111122223333:user/${aws:username} | arn:aws:iam::111122223333:user/alice | yes
        ArnNotEquals | arn:aws:sns:us-east-1:111122223333:topic | arn:aws:sns:us-east-1:111122223333:topic | no
        ArnNotEquals | arn:aws:sns:us-east-1:111122223333:topic | arn:aws:sns:us-east-1:111122223333:other | yes
        ArnNotEquals | arn:aws:sns:us-east-1:111122223333:topic | - | yes
        ArnNotLike | arn:aws:sns:*:*:* | arn:aws:sns:us-east-1:111122223333:topic | no
        ArnNotLike | arn:aws:sqs:*:*:* | arn:aws:sns:us-east-1:111122223333:topic | yes
        ArnNotLike | arn:aws:sqs:*:*:* | - | yes
        """
    static let ifExists = """
        StringEqualsIfExists | a | a | yes
        StringEqualsIfExists | a | b | no
        StringEqualsIfExists | a | - | yes
        StringNotEqualsIfExists | a | a | no
        StringNotEqualsIfExists | a | - | yes
        StringLikeIfExists | t2.*;m3 | t2.micro | yes
        StringLikeIfExists | t2.*;m3 | m3.large | no
        StringLikeIfExists | t2.*;m3 | - | yes
        NumericLessThanIfExists | 10 | 11 | no
        NumericLessThanIfExists | 10 | - | yes
        DateLessThanIfExists | 2026-03-01 | - | yes
        BoolIfExists | true | false | no
        BoolIfExists | true | - | yes
        BinaryEqualsIfExists | QUJD | - | yes
        IpAddressIfExists | 10.0.0.0/8 | 11.0.0.1 | no
        IpAddressIfExists | 10.0.0.0/8 | - | yes
        ArnLikeIfExists | arn:aws:sns:*:*:* | - | yes
        ArnEqualsIfExists | arn:aws:sns:us-east-1:111122223333:t | arn:aws:sqs:us-east-1:111122223333:t | no
        """
    static let sets = """
        ForAllValues:StringEquals | a;b;c | a;b | yes
        ForAllValues:StringEquals | a;b;c | a;d | no
        ForAllValues:StringEquals | a | - | yes
        ForAllValues:StringEquals | a | () | yes
        ForAllValues:StringLike | a* | ab;ac | yes
        ForAllValues:StringLike | a* | ab;bc | no
        ForAllValues:StringNotEquals | a;b | c;d | yes
        ForAllValues:StringNotEquals | a;b | b;c | no
        ForAllValues:StringNotEquals | a | - | yes
        ForAllValues:StringEqualsIfExists | a | - | yes
        ForAnyValue:StringEquals | a;b;c | c;d | yes
        ForAnyValue:StringEquals | a;b;c | d;e | no
        ForAnyValue:StringEquals | a | - | no
        ForAnyValue:StringEquals | a | () | no
        ForAnyValue:StringLike | a* | xa;ax | yes
        ForAnyValue:StringNotEquals | a;b | b;c | yes
        ForAnyValue:StringNotEquals | a;b | a;b | no
        ForAnyValue:StringNotEquals | a | - | no
        ForAnyValue:StringEqualsIfExists | a | - | yes
        ForAnyValue:ArnLike | arn:aws:sns:*:*:* | arn:aws:sqs:r:1:q;arn:aws:sns:r:1:t | yes
        ForAnyValue:IpAddress | 10.0.0.0/8 | 11.0.0.1;10.0.0.1 | yes
        ForAllValues:IpAddress | 10.0.0.0/8 | 11.0.0.1;10.0.0.1 | no
        ForAnyValue:NumericGreaterThan | 5 | 4;6 | yes
        ForAllValues:NumericGreaterThan | 5 | 4;6 | no
        ForAnyValue:Bool | true | false;true | yes
        ForAllValues:Bool | true | false;true | no
        """
    static let variables = """
        StringEquals | ${aws:username} | alice | yes
        StringEquals | ${aws:username} | bob | no
        StringEquals | ${AWS:UserName} | alice | yes
        StringEquals | home/${aws:username}/x | home/alice/x | yes
        StringLike | home/${aws:username}/* | home/alice/x | yes
        StringLike | home/${aws:username}/* | home/bob/x | no
        StringEquals | ${aws:PrincipalTag/team} | red | yes
        StringEquals | ${aws:PrincipalTag/unit, 'none'} | none | yes
        StringEquals | ${aws:PrincipalTag/team, 'none'} | red | yes
        StringEquals | ${aws:PrincipalTag/team, 'none'} | none | no
        StringEquals | ${aws:PrincipalTag/unit} | red | no
        StringEquals | ${aws:PrincipalTag/unit} | ${aws:PrincipalTag/unit} | no
        StringNotEquals | ${aws:username} | alice | no
        StringNotEquals | ${aws:username} | bob | yes
        StringEqualsIgnoreCase | ${aws:username} | ALICE | yes
        StringEquals | ${test:several} | one | no
        StringEquals | ${*} | * | yes
        StringLike | a${*} | ab | no
        StringLike | a${*} | a* | yes
        StringLike | a${?} | a? | yes
        StringLike | a${?} | ab | no
        StringEquals | ${$}{aws:username} | ${aws:username} | yes
        StringEquals | ${aws:username | ${aws:username | yes
        Bool | ${aws:username} | alice | no
        NumericEquals | ${aws:username} | alice | no
        """

    static let tables: [(source: String, text: String)] = [
        ("IAM JSON policy elements: Condition operators, String", strings),
        ("IAM JSON policy elements: Condition operators, Numeric", numbers),
        ("IAM JSON policy elements: Condition operators, Date", dates),
        ("IAM JSON policy elements: Condition operators, Boolean, Binary and Null", others),
        ("IAM JSON policy elements: Condition operators, IP address", addresses),
        ("IAM JSON policy elements: Condition operators, ARN", arns),
        ("IAM JSON policy elements: Condition operators, IfExists", ifExists),
        ("Set operators for multivalued context keys", sets),
        ("IAM policy elements: Variables and tags", variables),
    ]

    static let rows: [Row] = tables.flatMap { source, text in
        text.split(separator: "\n").map { Row(line: String($0), source: source) }
    }

    @Test(arguments: rows) func decides(_ row: Row) { row.check() }

    @Test func theTableIsLong() { #expect(Self.rows.count >= 190) }
}

extension Row {
    fileprivate init(line: String, source: String) {
        let parts = line.split(separator: "|", omittingEmptySubsequences: false).map { part in
            String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        }
        let wanted = parts[1].split(separator: ";", omittingEmptySubsequences: false).map { "\"\($0)\"" }
        var keys: [String: [String]] = [
            "aws:username": ["alice"], "aws:PrincipalTag/team": ["red"], "test:several": ["one", "two"],
        ]
        switch parts[2] {
        case "-": break
        case "()": keys["test:key"] = []
        case let values:
            keys["test:key"] = values.split(separator: ";", omittingEmptySubsequences: false).map(String.init)
        }
        let rest = ",\"Condition\":{\"\(parts[0])\":{\"test:Key\":[\(wanted.joined(separator: ","))]}}"
        self.init(
            name: line, request: Deciding.request(keys),
            layers: PolicyLayers(identity: Deciding.set(Deciding.allow(rest: rest))),
            expected: parts[3] == "yes" ? "allowed" : "implicitDeny identity", source: source)
    }
}
