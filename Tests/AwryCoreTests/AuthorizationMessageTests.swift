// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Testing

struct AuthorizationMessageTests {
    @Test(arguments: ["", "x", "{\"allowed\":false}", "größer als 8 bytes, und länger"])
    func whatWasEncodedIsRead(message: String) {
        let text = AuthorizationMessage.encode(message)
        #expect(AuthorizationMessage.decode(text) == message)
        #expect(message.count < 4 || !text.contains(Base64.urlText(message.utf8).prefix(8)))
    }

    @Test func whatNobodyGaveOutIsNot() {
        let text = AuthorizationMessage.encode("a message")
        for wrong in ["", "x", "no such thing", String(text.dropLast(2)), "A" + text.dropFirst(), text + "AAAA"] {
            #expect(AuthorizationMessage.decode(wrong) == nil, "\(wrong)")
        }
    }
}
