// SPDX-License-Identifier: Apache-2.0

import Testing

/// The files in Fixtures/Golden/rest-json.
struct RESTJSONGoldenTests {
    @Test(arguments: Golden.all("rest-json"))
    func holds(_ golden: Golden) throws {
        try golden.check()
    }

    @Test func thereAreFiles() {
        #expect(Golden.all("rest-json").count >= 12)
    }
}
