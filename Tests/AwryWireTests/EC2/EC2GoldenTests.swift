// SPDX-License-Identifier: Apache-2.0

import Testing

/// The files in Fixtures/Golden/ec2.
struct EC2GoldenTests {
    @Test(arguments: Golden.all("ec2"))
    func holds(_ golden: Golden) throws {
        try golden.check()
    }

    @Test func thereAreFiles() {
        #expect(Golden.all("ec2").count >= 4)
    }
}
