// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Testing

struct ARNTests {
    @Test func hasSixParts() throws {
        let role = try #require(ARN("arn:aws-cn:iam::123456789012:role/path/to/worker"))
        #expect((role.partition, role.service, role.region) == ("aws-cn", "iam", ""))
        #expect((role.account, role.resource, role.name) == ("123456789012", "role/path/to/worker", "worker"))
        let log = try #require(ARN("arn:aws:logs:us-east-1:123456789012:log-group:a:*"))
        #expect((log.region, log.resource) == ("us-east-1", "log-group:a:*"))
        #expect(try #require(ARN("arn:aws:s3:::")).name == nil)
    }

    @Test(arguments: ["", "arn", "arn:aws:s3::", "aws:s3:::a:b", "ARN:aws:s3:::a", " arn:aws:s3:::a"])
    func otherTextsAreNone(text: String) {
        #expect(ARN(text) == nil)
    }

    @Test func accountsHaveTwelveDigits() {
        #expect(AccountID.isValid("000000000000") && AccountID.isValid("arn:123456789012".dropFirst(4)))
        for text in ["", "12345678901", "1234567890123", "12345678901a", "１２３４"] {
            #expect(!AccountID.isValid(text), "\(text)")
        }
    }

    @Test func bytesAreDigitsAndLetters() {
        let bytes = 0...UInt8.max
        #expect(bytes.filter(\.isDigit) == Array("0123456789".utf8))
        let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        #expect(bytes.filter(\.isAlphanumeric) == Array("0123456789\(letters)\(letters.lowercased())".utf8))
        #expect(bytes.filter { $0.hexDigit != nil } == Array("0123456789ABCDEFabcdef".utf8))
        #expect("09aAfF".utf8.compactMap(\.hexDigit) == [0, 9, 10, 10, 15, 15])
    }
}
