// SPDX-License-Identifier: Apache-2.0

import Testing

/// The files in Fixtures/Golden/json.
struct JSONGoldenTests {
    @Test(arguments: Golden.all("json"))
    func holds(_ golden: Golden) throws {
        try golden.check()
    }

    @Test func thereAreFiles() {
        #expect(Golden.all("json").count >= 8)
    }
}
