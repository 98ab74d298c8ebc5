// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Testing

@Suite struct ByteComparisonTests {
    /// A slice that does not begin at 0, as those of a request's head do not.
    private func slice(_ text: String) -> ArraySlice<UInt8> { Array(("##" + text).utf8)[2...] }

    @Test func findsTheFirstAndTheLastPlace() {
        let text = slice("a/bb//c")
        #expect(text.position(of: "/") == 3)
        #expect(text.lastPosition(of: "/") == 7)
        #expect(text.position(of: "//") == 6)
        #expect(text.lastPosition(of: "//") == 6)
        #expect(text.position(of: "c") == 8)
        #expect(text.lastPosition(of: "a/") == 2)
    }

    @Test(arguments: ["", "a", "abab", "aab"]) func findsNothingWhereItIsNot(text: String) {
        #expect(slice(text).position(of: "abc") == nil)
        #expect(slice(text).lastPosition(of: "abc") == nil)
    }

    @Test func comparesWholeAndBeginning() {
        #expect(slice("POST").equals("POST"))
        #expect(!slice("POST").equals("POS"))
        #expect(!slice("POS").equals("POST"))
        #expect(slice("POST").begins(with: "PO"))
        #expect(!slice("P").begins(with: "PO"))
        #expect(slice("").begins(with: ""))
    }

    @Test func cutsFromTheEnd() {
        var rest = slice("a/b//c")
        #expect(rest.cutLast("/") == slice("c"))
        #expect(rest.cutLast("//") == nil)
        #expect(rest.cutLast("/") == [])
        #expect(rest == slice("a/b"))
    }

    @Test func appendsSlicesAndLiterals() {
        var bytes = Array("a".utf8)
        bytes.append(whole: slice("bc"))
        bytes.append(whole: [])
        bytes.append(literal: "d")
        #expect(bytes == Array("abcd".utf8))
    }
}
