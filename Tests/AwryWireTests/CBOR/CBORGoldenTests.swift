// SPDX-License-Identifier: Apache-2.0

import Testing

/// The files in Fixtures/Golden/cbor, whose bodies are hexadecimal digits.
struct CBORGoldenTests {
    @Test(arguments: Golden.all("cbor"))
    func holds(_ golden: Golden) throws {
        try golden.check()
    }

    @Test func thereAreFiles() {
        #expect(Golden.all("cbor").count >= 12)
    }
}
