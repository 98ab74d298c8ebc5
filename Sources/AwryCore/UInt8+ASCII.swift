// SPDX-License-Identifier: Apache-2.0

/// Bytes as ASCII's characters.
extension UInt8 {
    /// Whether it is `0` to `9`.
    @inlinable public var isDigit: Bool { self &- 0x30 < 10 }

    /// Whether it is a letter of either case, or a digit.
    @inlinable public var isAlphanumeric: Bool { isDigit || (self | 0x20) &- 0x61 < 26 }

    /// What it counts as a hexadecimal digit of either case; nil where it is none.
    @inlinable public var hexDigit: UInt8? {
        switch self {
        case 0x30...0x39: self - 0x30
        case 0x41...0x46: self - 0x37
        case 0x61...0x66: self - 0x57
        default: nil
        }
    }
}
