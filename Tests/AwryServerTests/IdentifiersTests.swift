// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryServer
import Testing

struct IdentifiersTests {
    @Test func areThoseOfTheirSeedAndSandbox() {
        let first = Identifiers(seed: 1, sandbox: "a")
        let again = Identifiers(seed: 1, sandbox: "a")
        let other = Identifiers(seed: 1, sandbox: "b")
        let ids = (0..<100).map { _ in first.requestID() }
        #expect(ids == (0..<100).map { _ in again.requestID() })
        #expect(Set(ids).count == 100)
        #expect(Set(ids).isDisjoint(with: (0..<100).map { _ in other.requestID() }))
    }

    @Test func haveAWSsForms() throws {
        let ids = Identifiers(seed: 7, sandbox: "default")
        let uuid = try Regex("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", anchored: true)
        let s3 = try Regex("[0-9A-Z]{16}", anchored: true)
        for _ in 0..<1000 {
            #expect(uuid.matches(ids.requestID()))
            #expect(s3.matches(ids.s3RequestID()))
        }
        #expect(Base64.decode(ids.hostID().utf8)?.count == 56)
    }

    @Test func beginAgain() {
        let ids = Identifiers(seed: 1, sandbox: "a")
        let first = ids.requestID()
        _ = ids.requestID()
        ids.reset()
        #expect(ids.requestID() == first)
    }
}
