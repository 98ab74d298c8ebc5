// SPDX-License-Identifier: Apache-2.0

import AwryScenario
import Testing

@testable import awry

struct PackTests {
    @Test func packsAreLookedForBesideTheProgramThenInTheCheckout() {
        #expect(
            Packs.candidates(for: "/usr/bin/awry") == [
                "/usr/share/awry/packs", "/usr/bin/Fixtures/packs", "/usr/Fixtures/packs", "/Fixtures/packs",
            ])
        #expect(Packs.candidates(for: "/c/.build/release/awry").contains("/c/Fixtures/packs"))
        #expect(Packs.candidates(for: "").isEmpty)
    }

    @Test func otherPathsStayAsTheyAre() throws {
        #expect(try Packs.resolve(["a.yaml", "packs/", "./pack:x"]) == ["a.yaml", "packs/", "./pack:x"])
    }

    @Test func aPackThatIsNotThereIsAMistake() throws {
        let failure = #expect(throws: LoadFailure.self) { try Packs.resolve(["pack:no-such", "pack:../x"]) }
        #expect(failure?.diagnostics.map(\.location.file) == ["pack:no-such", "pack:../x"])
    }
}
