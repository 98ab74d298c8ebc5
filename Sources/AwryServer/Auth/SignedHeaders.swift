// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP

/// The names of the headers that a signature covers, in small letters as they are listed: `host;x-amz-date`.
struct SignedHeaders {
    /// The list; empty names in it do not count.
    private let list: ArraySlice<UInt8>
    private let names: [Range<Int>]

    init(_ list: ArraySlice<UInt8>) {
        self.list = list
        var names: [Range<Int>] = []
        names.reserveCapacity(8)
        var start = list.startIndex
        for index in list.indices where list[index] == UInt8(ascii: ";") {
            if start < index { names.append(start..<index) }
            start = index + 1
        }
        if start < list.endIndex { names.append(start..<list.endIndex) }
        self.names = names
    }

    /// Whether one of them is this name, its own letters' case aside.
    func contains(_ name: ArraySlice<UInt8>) -> Bool {
        names.contains { $0.count == name.count && Self.isSame(name, list[$0]) }
    }

    /// Writes the header lines that a signature is made over, and the list of their names.
    func append(to out: inout [UInt8], of head: RequestHead) {
        for name in names { append(list[name], to: &out, of: head) }
        out.append(0x0A)
        for (index, name) in names.enumerated() {
            if index > 0 { out.append(UInt8(ascii: ";")) }
            out.append(whole: list[name])
        }
        out.append(0x0A)
    }

    private func append(_ name: ArraySlice<UInt8>, to out: inout [UInt8], of head: RequestHead) {
        out.append(whole: name)
        out.append(UInt8(ascii: ":"))
        var isFirst = true
        for field in head.fields where field.name.count == name.count && Self.isSame(head.bytes[field.name], name) {
            if !isFirst { out.append(UInt8(ascii: ",")) }
            isFirst = false
            let value = head.bytes[field.value]
            // Nearly all values go in as they are.
            if Self.hasWideSpace(value) { Self.appendNarrowed(value, &out) } else { out.append(whole: value) }
        }
        out.append(0x0A)
    }

    /// Whether a name is one in lower case that is as long.
    private static func isSame(_ name: ArraySlice<UInt8>, _ wanted: ArraySlice<UInt8>) -> Bool {
        name.withUnsafeBufferPointer { name in
            wanted.withUnsafeBufferPointer { wanted in
                for place in wanted.indices where ASCII.lower(name[place]) != wanted[place] { return false }
                return true
            }
        }
    }

    /// Whether there is a tab, or more than one space in a row.
    private static func hasWideSpace(_ value: ArraySlice<UInt8>) -> Bool {
        value.withUnsafeBufferPointer { value in
            var former: UInt8 = 0
            for byte in value {
                if byte == 0x09 || byte == 0x20 && former == 0x20 { return true }
                former = byte
            }
            return false
        }
    }

    /// White space around the value is off already; inside it, one space stands for several.
    private static func appendNarrowed(_ value: ArraySlice<UInt8>, _ out: inout [UInt8]) {
        var wasSpace = false
        for byte in value {
            let isSpace = byte == 0x20 || byte == 0x09
            if !(isSpace && wasSpace) { out.append(isSpace ? 0x20 : byte) }
            wasSpace = isSpace
        }
    }
}
