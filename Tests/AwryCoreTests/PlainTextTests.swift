// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Testing

/// Every byte at every place of texts shorter than a word, as long as one, and longer.
@Suite struct PlainTextTests {
    @Test(arguments: 0...19) func findsEveryByteAtEveryPlace(length: Int) {
        #expect(!judge([UInt8](repeating: 0x61, count: length)).controls)
        for place in 0..<length {
            for byte in UInt8.min...UInt8.max {
                // Neighbours on both sides of every bound, for a borrow goes from one byte into the next.
                for neighbour: UInt8 in [0x20, 0x21, 0x5B, 0x7E, 0x80, 0xFF] {
                    var text = [UInt8](repeating: neighbour, count: length)
                    text[place] = byte
                    let found = judge(text)
                    #expect(found.controls == (byte < 0x20 || byte == 0x7F))
                    #expect(found.escapes == (byte < 0x20 || byte == 0x22 || byte == 0x5C))
                }
            }
        }
    }

    private func judge(_ text: [UInt8]) -> (controls: Bool, escapes: Bool) {
        text.withUnsafeBufferPointer { (PlainText.hasControls($0), PlainText.needsJSONEscapes($0)) }
    }
}
