// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Testing

@testable import AwryPolicy

struct PrefixTableTests {
    private static func place(_ number: Int) -> PolicySet.Place { PolicySet.Place(policy: number, statement: 0) }

    /// Against looking at each beginning in turn.
    @Test func findsWhatWalkingFinds() {
        let chance = Chance(seed: 8, stream: "prefixes")
        var drawn: UInt64 = 0
        func draw(_ count: Int) -> Int {
            drawn += 1
            return Int(chance.bits(at: drawn) % UInt64(count))
        }
        // Few letters, the highest byte among them, so that many begin with one another.
        func text(_ longest: Int) -> [UInt8] {
            (0..<draw(longest + 1)).map { _ in [UInt8(ascii: "a"), UInt8(ascii: "/"), 0xFF][draw(3)] }
        }
        for _ in 0..<200 {
            let entries = (0..<draw(40)).map { (prefix: text(4), place: Self.place($0)) }
            let table = PrefixTable(entries)
            #expect(table.isEmpty == entries.isEmpty)
            for _ in 0..<20 {
                let resource = text(8)
                let found = entries.filter { resource.starts(with: $0.prefix) }.map(\.place)
                #expect(table.places(of: resource) == found, "\(resource) in \(entries)")
            }
        }
    }

    @Test func whatStandsThereTwiceIsFoundTwiceAndInOrder() {
        let entries = [("b", 2), ("ab", 1), ("", 3), ("a", 0), ("a", 4), ("ab", 1)].map {
            (prefix: Array($0.0.utf8), place: Self.place($0.1))
        }
        let table = PrefixTable(entries)
        #expect(table.places(of: Array("abc".utf8)).map(\.policy) == [0, 1, 1, 3, 4])
        #expect(table.places(of: []).map(\.policy) == [3])
        #expect(PrefixTable([]).places(of: Array("a".utf8)).isEmpty)
    }
}
