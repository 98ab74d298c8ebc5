// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryDigest
import Testing

@testable import AwryServices

struct KeyTests {
    /// Key ids that were published together with their accounts, and what of others is none.
    @Test func anAccessKeyTellsItsAccount() {
        #expect(AccessKeyID.account(of: "ASIAQNZGKIQY56JQ7WML") == "029608264753")
        for key in ["AKIAIOSFODNN7EXAMPLE", "AKIAQNZGKIQY56JQ7WM", "XXXXQNZGKIQY56JQ7WML", "AKIAQNZGKIQY56JQ7W1L", ""] {
            #expect(AccessKeyID.account(of: key) == nil, "\(key)")
        }
    }

    @Test(arguments: ["000000000000", "123456789012", "999999999999"])
    func whatIsWrittenIsRead(account: String) {
        let chance = Chance(seed: 7, stream: account)
        for draw in 0..<50 {
            let mark = SandboxMark.of("sandbox \(draw)")
            let key = AccessKeyID.text("AKIA", account: account, mark: mark, bits: chance.bits(at: UInt64(draw)))
            #expect(key.utf8.count == 20)
            #expect(AccessKeyID.account(of: key) == account)
            #expect(AccessKeyID.mark(of: key) == mark)
        }
    }

    /// RFC 6238, appendix B, the last six of its eight digits.
    @Test(arguments: [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924"), (20_000_000_000, "353130")])
    func passwordsFollowTheClock(seconds: Int64, code: String) {
        let step = OneTimePassword.step(at: seconds)
        #expect(OneTimePassword.code(key: Array("12345678901234567890".utf8), step: step) == code)
    }

    /// RFC 4648, section 10, without padding.
    @Test(arguments: [("f", "MY"), ("fo", "MZXQ"), ("foobar", "MZXW6YTBOI")])
    func base32(text: String, encoded: String) {
        #expect(Base32.text(Array(text.utf8)) == encoded)
    }

    @Test func brokenEncodingsAreRefused() {
        for bytes: [UInt8] in [
            [], [0x30], [0x30, 0x80], [0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF], [0x30, 1], [0x30, 0, 0],
        ] {
            #expect(DER.only(bytes) == nil)
            #expect(Certificate(der: bytes) == nil)
        }
        for text in [
            "", "-----BEGIN CERTIFICATE-----", "x", "-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----",
        ] {
            #expect(Certificate(pem: text) == nil)
            #expect(RSAPublicKey(ssh: text) == nil)
        }
        #expect(RSAPublicKey(ssh: "ssh-rsa AAAAB3NzaC1yc2EAAAADAQAB") == nil)
    }

    @Test func aTokenIsTakenApart() throws {
        let header: Value = ["alg": "ES384", "kid": "k"]
        let text = JSONWebToken.text(header: header, claims: ["aud": ["a", "b"]]) { _ in [1, 2, 3] }
        let token = try #require(JSONWebToken(text))
        #expect(token.audiences == ["a", "b"])
        #expect(token.signature == [1, 2, 3])
        #expect(!token.isSigned(by: [["kty": "EC", "x": "AAAA", "y": "AAAA"]]))
        for broken in ["", "a.b", "a.b.c", "..", text + ".x"] { #expect(JSONWebToken(broken) == nil) }
    }
}
