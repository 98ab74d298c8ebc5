// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Where a listing goes on: the last name that was shown, in a form that invites nobody to read it.
enum ContinuationToken {
    private static let mark: [UInt8] = [0x01]

    /// The token of a name.
    static func of(_ text: String) -> String { Base64.text(mark + Array(text.utf8)) }

    /// The name that a token stands for; nil where it is none of ours.
    static func text(of token: String) -> String? {
        guard let bytes = Base64.decode(token.utf8), bytes.starts(with: mark) else { return nil }
        return String(validating: bytes.dropFirst(mark.count), as: UTF8.self)
    }
}
