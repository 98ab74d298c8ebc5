// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel
import Testing

/// What every service may answer, in the protocols of services that speak several.
struct SpellingTests {
    private func spelt(_ error: WireError, _ spoken: ProtocolName, _ name: String) throws -> WireError {
        error.spelt(in: spoken, of: try #require(Catalogue.shared.service(name)))
    }

    @Test func formsHaveOtherCodes() throws {
        let throttle = WireError("ThrottlingException", message: "slow")
        let form = try spelt(throttle, .query, "cloudwatch")
        #expect((form.code, form.shape, form.status, form.message) == ("Throttling", "Throttling", 400, "slow"))
        let denied = try spelt(WireError("AccessDeniedException"), .query, "cloudwatch")
        #expect((denied.code, denied.status) == ("AccessDenied", 403))
        #expect(try spelt(WireError("AccessDeniedException", status: 418), .query, "cloudwatch").status == 418)
    }

    @Test(arguments: [ProtocolName.json, .cbor])
    func theOthersHaveThese(_ spoken: ProtocolName) throws {
        let throttle = WireError("ThrottlingException")
        #expect(try spelt(throttle, spoken, "cloudwatch") == throttle)
    }

    @Test func whatTheServiceSaysItselfStays() throws {
        let modelled = WireError("RequestThrottled", status: 403)
        #expect(try spelt(modelled, .query, "sqs") == modelled)
        let own = WireError("AccessDenied", shape: "AccessDeniedException", status: 403)
        #expect(try spelt(own, .query, "sqs") == own)
        let unheard = WireError("Unheard")
        #expect(try spelt(unheard, .query, "cloudwatch") == unheard)
    }
}
