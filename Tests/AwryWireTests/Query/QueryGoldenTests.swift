// SPDX-License-Identifier: Apache-2.0

import Testing

/// The files in Fixtures/Golden/query.
struct QueryGoldenTests {
    @Test(arguments: Golden.all("query"))
    func holds(_ golden: Golden) throws {
        try golden.check()
    }

    @Test func thereAreFiles() {
        #expect(Golden.all("query").count >= 8)
    }
}
