// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Testing

@testable import AwryServices

struct PoolRulesTests {
    @Test(
        "A filter is an attribute, = or ^=, and a value in quotation marks",
        arguments: [
            (#"email = "a@b.c""#, "email", false, "a@b.c"), (#"username^="an""#, "username", true, "an"),
            (#""given_name" = "A \"B\"""#, "given_name", false, #"A "B""#), (#"sub=""""#, "sub", false, ""),
        ])
    func filters(text: String, attribute: String, isPrefix: Bool, value: String) throws {
        guard text != #"sub=""""# else {
            #expect(PoolUserFilter(text) == nil)
            return
        }
        let filter = try #require(PoolUserFilter(text))
        #expect(filter.attribute == attribute)
        #expect(filter.isPrefix == isPrefix)
        #expect(filter.value == value)
    }

    @Test("What is no filter is refused", arguments: ["", "email", "email=", "email=a", #"="a""#, #"email="a"#])
    func noFilters(text: String) {
        #expect(PoolUserFilter(text) == nil)
    }

    @Test("Wrong passwords lock out for a second, then twice as long each, a quarter of an hour at most") func locks() {
        var limit = AttemptLimit()
        var now = Timestamp(seconds: 1_772_366_400)
        for _ in 0..<5 {
            let may1 = limit.mayTryPassword(at: now)
            #expect(may1)
            limit.passwordWasWrong(at: now)
        }
        for seconds in [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900] as [Int64] {
            let may2 = limit.mayTryPassword(at: now + .milliseconds(seconds * 1000 - 1))
            #expect(!may2)
            now = now + .seconds(seconds)
            let may3 = limit.mayTryPassword(at: now)
            #expect(may3)
            limit.passwordWasWrong(at: now)
        }
        limit.passwordWasRight()
        let may4 = limit.mayTryPassword(at: now)
        #expect(may4)
    }

    @Test("Failures are forgotten after a quarter of an hour without one") func forgotten() {
        var limit = AttemptLimit()
        let now = Timestamp(seconds: 1_772_366_400)
        for _ in 0..<4 { limit.passwordWasWrong(at: now) }
        let later = now + .seconds(900)
        let may5 = limit.mayTryPassword(at: later)
        #expect(may5)
        limit.passwordWasWrong(at: later)
        let may6 = limit.mayTryPassword(at: later)
        #expect(may6)
    }

    @Test("Both sides of a secure remote password come to one key, and only with the right password") func agreement()
        throws
    {
        let salt: [UInt8] = [0, 0x80, 3, 4]
        func secret(_ password: String) -> [UInt8] {
            SecureRemotePassword.secret(salt: salt, group: "abc", user: "ann", password: password)
        }
        let verifier = SecureRemotePassword.verifier(secret("right"))
        let server = SecureRemotePassword.publicNumber(verifier: verifier, secret: [9, 9])
        // A client's number that is a multiple of the prime would let anybody in.
        #expect(SecureRemotePassword.key(client: [0], server: server, verifier: verifier, secret: [9, 9]) == nil)
        // g^a of a client is the verifier of its own secret.
        let client = SecureRemotePassword.verifier([7, 7])
        let key = try #require(
            SecureRemotePassword.key(client: client, server: server, verifier: verifier, secret: [9, 9]))
        #expect(key.count == 16)
        let other = SecureRemotePassword.verifier(secret("wrong"))
        #expect(SecureRemotePassword.key(client: client, server: server, verifier: other, secret: [9, 9]) != key)
    }

    @Test("Numbers are hashed as Java writes them") func padding() {
        #expect(SecureRemotePassword.padded([0, 0, 0x7F]) == [0x7F])
        #expect(SecureRemotePassword.padded([0x80, 1]) == [0, 0x80, 1])
        #expect(SecureRemotePassword.padded([0, 0]) == [0])
    }
}
