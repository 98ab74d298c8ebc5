// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryDigest

/// Why a call was refused, as some services tell it: a text that only DecodeAuthorizationMessage reads.
public enum AuthorizationMessage {
    private static let key = "authorization message"

    /// The text that stands for a message.
    public static func encode(_ message: String) -> String {
        let bytes = Array(message.utf8)
        return Base64.urlText(Digests.hmacSHA256(key: key.utf8, bytes).prefix(16) + bytes)
    }

    /// The message of such a text; nil where it is none.
    static func decode(_ text: String) -> String? {
        guard let bytes = Base64.urlDecode(text.utf8), bytes.count > 16 else { return nil }
        let message = bytes.dropFirst(16)
        let proof = Digests.hmacSHA256(key: key.utf8, message).prefix(16)
        guard Digests.areEqual(bytes.prefix(16), proof) else { return nil }
        return String(decoding: message, as: UTF8.self)
    }
}
