// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import AwryDigest

struct OneTimePasswordTests {
    private static let key = Array("12345678901234567890".utf8)

    @Test(
        "The passwords of RFC 6238, appendix B, in six digits",
        arguments: [
            (59, "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"), (1_234_567_890, "005924"),
            (2_000_000_000, "279037"), (20_000_000_000, "353130"),
        ])
    func vectors(seconds: Int64, code: String) {
        #expect(OneTimePassword.code(key: Self.key, step: OneTimePassword.step(at: seconds)) == code)
    }

    @Test("A password serves in its step and in both beside it, and once") func steps() {
        let now: Int64 = 1_111_111_109
        let step = OneTimePassword.step(at: now)
        for (distance, serves) in [(-2, false), (-1, true), (0, true), (1, true), (2, false)] {
            let code = OneTimePassword.code(key: Self.key, step: step + Int64(distance))
            #expect((OneTimePassword.step(of: code, key: Self.key, at: now, after: nil) != nil) == serves)
        }
        let code = OneTimePassword.code(key: Self.key, step: step)
        #expect(OneTimePassword.step(of: code, key: Self.key, at: now, after: step) == nil)
    }
}
