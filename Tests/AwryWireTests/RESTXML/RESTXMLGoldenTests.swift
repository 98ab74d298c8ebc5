// SPDX-License-Identifier: Apache-2.0

import Testing

/// The files in Fixtures/Golden/rest-xml.
struct RESTXMLGoldenTests {
    @Test(arguments: Golden.all("rest-xml"))
    func holds(_ golden: Golden) throws {
        try golden.check()
    }

    @Test func thereAreFiles() {
        #expect(Golden.all("rest-xml").count >= 30)
    }
}
