// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

/// Texts of the form of tokens, the same for the same source.
struct TokenTexts {
    /// 40 letters and digits.
    let short: String
    /// The base64 of 128 letters.
    let long: String

    init(_ source: StubSource) {
        var source = source
        let texts = (0..<4).map { _ in source.uuid().filter { $0 != "-" } }
        short = String((texts[1] + texts[2]).prefix(40))
        long = Base64.text(Array(texts.joined().utf8))
    }
}
