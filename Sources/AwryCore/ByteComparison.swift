// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Comparisons with literals for bytes on a request's way: not generic, for the library's own, across modules, walk
/// byte by byte through witness tables.
extension ArraySlice<UInt8> {
    /// Whether these are exactly the literal's bytes.
    public func equals(_ literal: StaticString) -> Bool {
        count == literal.utf8CodeUnitCount && begins(with: literal)
    }

    /// Whether the literal's bytes stand at the beginning.
    public func begins(with literal: StaticString) -> Bool {
        withUnsafeBytes { bytes in
            literal.withUTF8Buffer { wanted in
                guard bytes.count >= wanted.count else { return false }
                guard let start = bytes.baseAddress, let first = wanted.baseAddress else { return wanted.isEmpty }
                return memcmp(start, first, wanted.count) == 0
            }
        }
    }

    /// The index at which the literal, which must not be empty, first stands; nil where it does not.
    public func position(of literal: StaticString) -> Int? {
        withUnsafeBytes { bytes in
            literal.withUTF8Buffer { wanted in
                guard let start = bytes.baseAddress, let first = wanted.baseAddress else { return nil }
                var at = 0
                while at + wanted.count <= bytes.count {
                    // Where the literal no longer fits it need not be looked for.
                    let last = bytes.count - wanted.count + 1
                    guard let found = memchr(start + at, CInt(wanted[0]), last - at) else { return nil }
                    if memcmp(found, first, wanted.count) == 0 { return startIndex + (UnsafeRawPointer(found) - start) }
                    at = UnsafeRawPointer(found) - start + 1
                }
                return nil
            }
        }
    }

    /// The index at which the literal, which must not be empty, last stands; nil where it does not.
    public func lastPosition(of literal: StaticString) -> Int? {
        withUnsafeBytes { bytes in
            literal.withUTF8Buffer { wanted in
                guard let start = bytes.baseAddress, let first = wanted.baseAddress else { return nil }
                var at = bytes.count - wanted.count
                while at >= 0 {
                    if bytes[at] == wanted[0], memcmp(start + at, first, wanted.count) == 0 { return startIndex + at }
                    at -= 1
                }
                return nil
            }
        }
    }
    /// Takes what stands behind the last such separator, and the separator, off; nil where there is none.
    public mutating func cutLast(_ separator: StaticString) -> ArraySlice<UInt8>? {
        guard let at = lastPosition(of: separator) else { return nil }
        let part = self[(at + separator.utf8CodeUnitCount)...]
        self = self[..<at]
        return part
    }
}

extension [UInt8] {
    /// Appends bytes from where they lie: for slices the library's own way copies one after the other.
    public mutating func append(whole bytes: ArraySlice<UInt8>) {
        bytes.withUnsafeBufferPointer { append(contentsOf: $0) }
    }

    /// Appends a literal's bytes.
    public mutating func append(literal: StaticString) {
        literal.withUTF8Buffer { append(contentsOf: $0) }
    }
}
