// SPDX-License-Identifier: Apache-2.0

/// Bytes as they came, a slice of the buffer that received them: never copied for the sake of a type.
public struct Blob: Sendable, Hashable {
    /// The bytes.
    public let bytes: ArraySlice<UInt8>

    /// A blob of a slice, which stays shared with its array.
    public init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
    }

    /// A blob of a whole array.
    public init(_ bytes: [UInt8]) {
        self.bytes = bytes[...]
    }

    /// A blob of a text's UTF-8.
    public init(utf8 text: String) {
        self.bytes = Array(text.utf8)[...]
    }

    /// How many bytes there are.
    public var count: Int { bytes.count }
}
