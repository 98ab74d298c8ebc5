// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Testing

@testable import AwryTransport

@Suite struct DoorTests {
    private let second: UInt64 = 1_000_000_000

    @Test func failsForEverUnlessTold() {
        let door = Door(.refuse)
        #expect(door.mode(0) == .refusing)
        #expect(door.mode(.max) == .refusing)
        #expect(door.nextTurn(0) == .max)
    }

    @Test func turnsAtTheEndsOfItsWindow() {
        let door = Door(.ignoreSyn, after: .seconds(1), until: .seconds(3))
        #expect(door.mode(0) == .accepting)
        #expect(door.nextTurn(0) == second)
        #expect(door.mode(second - 1) == .accepting)
        #expect(door.mode(second) == .full)
        #expect(door.nextTurn(second) == 3 * second)
        #expect(door.mode(3 * second) == .accepting)
        #expect(door.nextTurn(3 * second) == .max)
    }

    @Test(arguments: [ListenerFault.tlsHandshake, .expiredCertificate, .wrongHost, .plainHTTP, .proxyRefuses])
    func otherFaultsAccept(_ fault: ListenerFault) {
        #expect(Door(fault).mode(0) == .accepting)
        #expect(Door(fault).isFailing(0))
    }

    @Test func aProxyAnswersWholeHeads() throws {
        var canned = try #require(Canned(.proxyRefuses))
        for (bytes, isTime) in [("CONNECT x:443 HTTP/1.1\r\nHost: x\r", false), ("\n\r", false), ("\n", true)] {
            #expect(Array(bytes.utf8).withUnsafeBytes { canned.take($0) } == isTime)
        }
        #expect(canned.bytes.starts(with: "HTTP/1.1 502 ".utf8))
    }

    @Test func aHandshakeIsAnsweredAtOnce() throws {
        var canned = try #require(Canned(.tlsHandshake))
        #expect([0x16 as UInt8].withUnsafeBytes { canned.take($0) })
        #expect(Canned(.plainHTTP)?.bytes == nil)
    }
}
