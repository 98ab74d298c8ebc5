// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Testing

@testable import AwryScenario

struct RecencyTableTests {
    /// The same, slow and plain: the keys in the order of their last use.
    private struct Plain {
        var entries: [(key: Int, element: Int)] = []
        let capacity: Int

        mutating func use(_ key: Int) -> (element: Int, evicted: Bool) {
            var evicted = false
            var element = 0
            if let at = entries.firstIndex(where: { $0.key == key }) {
                element = entries.remove(at: at).element
            } else if entries.count >= capacity {
                entries.removeFirst()
                evicted = true
            }
            entries.append((key, element + 1))
            return (element + 1, evicted)
        }
    }

    @Test(arguments: [1, 2, 7, 50, 400]) func doesWhatAListWould(_ capacity: Int) {
        let chance = Chance(seed: 42, stream: "\(capacity)")
        var table = RecencyTable<Int, Int>(capacity: capacity)
        var plain = Plain(capacity: capacity)
        for step in 0..<5000 {
            let bits = chance.bits(at: UInt64(step))
            let key = Int(bits % 100)
            switch bits >> 32 & 15 {
            case 0:
                table.remove(key)
                plain.entries.removeAll { $0.key == key }
            case 1:
                table.removeOldest()
                if !plain.entries.isEmpty { plain.entries.removeFirst() }
            case 2:
                #expect(table.peek(key) == plain.entries.first { $0.key == key }?.element)
            default:
                var evicted = false
                let element = table.use(key, fresh: 0, evicted: &evicted) { element in
                    element += 1
                    return element
                }
                #expect((element, evicted) == plain.use(key))
            }
            #expect(table.count == plain.entries.count)
            #expect(table.oldestElement == plain.entries.first?.element)
        }
    }
}
