// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Testing

struct Base32Tests {
    @Test(
        "The texts of RFC 4648, section 10",
        arguments: [
            ("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("fooba", "MZXW6YTB"),
            ("foobar", "MZXW6YTBOI"),
        ])
    func vectors(plain: String, text: String) {
        #expect(Base32.text(plain.utf8) == text)
        #expect(Base32.decode(text.utf8) == Array(plain.utf8))
        #expect(Base32.decode(text.lowercased().utf8) == Array(plain.utf8))
    }

    @Test("What is not base32 is refused") func refused() {
        #expect(Base32.decode("M1".utf8) == nil)
        #expect(Base32.decode("M Y".utf8) == nil)
    }
}
