// SPDX-License-Identifier: Apache-2.0

extension IdentifierSource {
    /// So many bytes of chance.
    mutating func bytes(_ count: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count {
            let drawn = bits()
            for place in 0..<min(8, count - bytes.count) {
                bytes.append(UInt8(truncatingIfNeeded: drawn >> (8 * UInt64(place))))
            }
        }
        return bytes
    }

    /// So many letters of an alphabet.
    mutating func letters(_ count: Int, of alphabet: [UInt8]) -> String {
        String(decoding: (0..<count).map { _ in alphabet[Int(bits() % UInt64(alphabet.count))] }, as: UTF8.self)
    }

    /// A code of six digits, as users type it.
    mutating func sixDigits() -> String { letters(6, of: Array("0123456789".utf8)) }
}

/// What Cognito's random names are made of.
enum CognitoAlphabet {
    static let digitsAndCapitals = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8)
    static let lowercase = Array("abcdefghijklmnopqrstuvwxyz0123456789".utf8)
}
