// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Testing

@testable import AwryServices

/// The table of keys against a dictionary that is sorted for each question.
struct KeyTableTests {
    @Test func behavesLikeASortedDictionary() {
        let chance = Chance(seed: 7)
        var (table, model): (KeyTable<Int>, [String: Int]) = (KeyTable(), [:])
        for step in 0..<6000 {
            let bits = chance.bits(at: UInt64(step))
            let text = String(bits % 1500, radix: 7) + (bits & 1 << 40 == 0 ? "" : "é")
            let key = ObjectKey(text)
            if let place = table.position(of: key) {
                #expect(table[place] == model[text])
                if bits >> 41 & 1 == 0 {
                    table.remove(at: place)
                    model[text] = nil
                } else {
                    table[place] = step
                    model[text] = step
                }
            } else {
                #expect(model[text] == nil)
                table.insert(key, step)
                model[text] = step
            }
        }
        #expect(table.contradiction == nil)
        #expect(table.count == model.count)
        let sorted = model.keys.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
        #expect(table.map { $0.key.text } == sorted)
        for text in ["", "3", "35é", "zz"] {
            let first = table.key(at: table.lowerBound(ObjectKey(text)))?.text
            #expect(first == sorted.first { !Array($0.utf8).lexicographicallyPrecedes(Array(text.utf8)) })
        }
    }

    @Test func keysAreToldApartByTheirBytes() {
        // One letter with its accent, and a letter and an accent: the same text to Swift.
        let (composed, apart) = ("\u{E9}", "e\u{301}")
        #expect(composed == apart)
        #expect(ObjectKey(composed) != ObjectKey(apart))
        #expect(ObjectKey(apart) < ObjectKey(composed))
        #expect(Set([ObjectKey(composed), ObjectKey(apart)]).count == 2)
        // By code units of UTF-16 it would be the other way round.
        #expect(ObjectKey("\u{FFEE}") < ObjectKey("\u{1F600}"))
    }

    @Test func walksPassGroupsWithoutLookingIntoThem() {
        var table = KeyTable<Bool>()
        for number in 0..<100_000 { table.insert(ObjectKey("a/\(number)"), true) }
        table.insert(ObjectKey("b"), true)
        var (asked, seen): (Int, [String]) = (0, [])
        KeyListing(prefix: "", delimiter: "/", marker: "").walk(
            table,
            isShown: { _ in
                asked += 1
                return true
            },
            visit: { entry in
                switch entry {
                case .key(let key, _): seen.append(key.text)
                case .group(let group): seen.append(group)
                }
                return true
            })
        #expect(seen == ["a/", "b"])
        #expect(asked == 2)
    }
}
