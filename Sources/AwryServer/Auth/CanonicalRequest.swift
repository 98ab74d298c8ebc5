// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP

/// The form of a request over which its signature is made (IAM User Guide, "Create a signed AWS API request"), from the
/// bytes as they came.
struct CanonicalRequest {
    /// Whether the path is encoded once, as S3 wants it: its keys may hold what other services would take for path
    /// segments.
    let encodesOnce: Bool
    let head: RequestHead
    let signedHeaders: SignedHeaders
    /// What stands for the body.
    let payload: ArraySlice<UInt8>

    var bytes: [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(head.bytes.count + payload.count)
        out.append(whole: head.bytes[head.methodRange])
        out.append(0x0A)
        appendPath(&out)
        out.append(0x0A)
        appendQuery(&out)
        out.append(0x0A)
        signedHeaders.append(to: &out, of: head)
        out.append(whole: payload)
        return out
    }

    private func appendPath(_ out: inout [UInt8]) {
        let path = head.path
        guard !path.isEmpty else { return out.append(UInt8(ascii: "/")) }
        if encodesOnce {
            // What a client left unencoded or encoded without need is made alike on both sides.
            let decoded = PercentCoding.decode(path, plusIsSpace: false) ?? Array(path)
            Self.encode(decoded[...], keepsSlash: true, &out)
        } else {
            Self.encode(Self.normalised(path), keepsSlash: true, &out)
        }
    }

    /// The path without `.`, `..` and empty segments (RFC 3986, section 5.2.4).
    private static func normalised(_ path: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let slash = UInt8(ascii: "/")
        // Hardly any path needs it.
        guard path.contains(UInt8(ascii: ".")) || path.position(of: "//") != nil else { return path }
        var kept: [ArraySlice<UInt8>] = []
        for segment in path.split(separator: slash) {
            if segment.equals(".") { continue }
            if segment.equals("..") {
                _ = kept.popLast()
            } else {
                kept.append(segment)
            }
        }
        var out: [UInt8] = [slash]
        out += kept.joined(separator: [slash])
        if path.last == slash, !kept.isEmpty { out.append(slash) }
        return out[...]
    }

    private func appendQuery(_ out: inout [UInt8]) {
        guard let query = head.query, !query.isEmpty else { return }
        var items: [(name: [UInt8], value: [UInt8])] = []
        for item in query.split(separator: UInt8(ascii: "&")) {
            let equals = item.firstIndex(of: UInt8(ascii: "=")) ?? item.endIndex
            let name = Self.recoded(item[..<equals])
            if name[...].equals("X-Amz-Signature") { continue }
            items.append((name, Self.recoded(item[equals...].dropFirst())))
        }
        items.sort { left, right in
            left.name == right.name
                ? left.value.lexicographicallyPrecedes(right.value) : left.name.lexicographicallyPrecedes(right.name)
        }
        for (index, item) in items.enumerated() {
            if index > 0 { out.append(UInt8(ascii: "&")) }
            out += item.name
            out.append(UInt8(ascii: "="))
            out += item.value
        }
    }

    /// Decoded and encoded again by AWS's rule.
    private static func recoded(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var out: [UInt8] = []
        encode((PercentCoding.decode(text, plusIsSpace: true) ?? Array(text))[...], keepsSlash: false, &out)
        return out
    }

    /// Writes all but RFC 3986's unreserved characters as `%XX`.
    static func encode(_ bytes: ArraySlice<UInt8>, keepsSlash: Bool, _ out: inout [UInt8]) {
        for byte in bytes {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                out.append(byte)
            case UInt8(ascii: "/") where keepsSlash: out.append(byte)
            default:
                out.append(UInt8(ascii: "%"))
                for half in [byte >> 4, byte & 0xF] { out.append(half < 10 ? 0x30 + half : 0x37 + half) }
            }
        }
    }
}
