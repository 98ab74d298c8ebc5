// SPDX-License-Identifier: Apache-2.0

import AwryHTTP

/// Which sandbox a request belongs to, and which account its key stands for.
///
/// In this order: the path's prefix `/_sandbox/NAME/`, the host `NAME.sandbox.…`, an access key id `sandbox.NAME` or
/// `sandbox.NAME.ACCOUNT`, else `default`.
public struct SandboxName: Sendable, Equatable {
    /// The name that is used where a request names none.
    public static let standard = "default"
    /// The account of every key that says nothing else.
    public static let standardAccount = "123456789012"

    private static let prefix = Array("/_sandbox/".utf8)

    /// The sandbox that the path names, and how many bytes of the path do so (the slash that follows stays).
    public static func inPath(_ path: ArraySlice<UInt8>) -> (name: String, length: Int)? {
        guard path.starts(with: prefix) else { return nil }
        let rest = path.dropFirst(prefix.count)
        let end = rest.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
        guard isName(rest[..<end]) else { return nil }
        return (String(decoding: rest[..<end], as: UTF8.self), end - path.startIndex)
    }

    /// The sandbox that the host names: `NAME.sandbox.localhost`, also behind a bucket's label.
    public static func inHost(_ host: ArraySlice<UInt8>) -> String? {
        let name = host.prefix { $0 != UInt8(ascii: ":") }
        let labels = name.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard labels.count >= 3, let mark = labels.dropFirst().firstIndex(where: { $0.elementsEqual("sandbox".utf8) }),
            mark < labels.count - 1, isName(labels[mark - 1])
        else { return nil }
        return String(decoding: labels[mark - 1], as: UTF8.self)
    }

    /// The sandbox and the account that an access key id names, each nil where it says nothing of it.
    public static func inKey(_ key: String) -> (sandbox: String?, account: String?) {
        if isAccount(key.utf8) { return (nil, key) }
        guard key.utf8.starts(with: "sandbox.".utf8) else { return (nil, nil) }
        let parts = key.dropFirst("sandbox.".utf8.count).split(separator: ".", omittingEmptySubsequences: false)
        guard let name = parts.first, isName(Array(name.utf8)[...]), parts.count <= 2 else { return (nil, nil) }
        guard parts.count == 2 else { return (String(name), nil) }
        return (String(name), isAccount(parts[1].utf8) ? String(parts[1]) : nil)
    }

    /// Letters, digits, `-` and `_`, at most 64 of them: what survives in a path, a host and a key alike.
    public static func isName(_ bytes: ArraySlice<UInt8>) -> Bool {
        !bytes.isEmpty && bytes.count <= 64
            && bytes.allSatisfy {
                (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) || $0 == 0x2D
                    || $0 == 0x5F
            }
    }

    private static func isAccount(_ text: some Collection<UInt8>) -> Bool {
        text.count == 12 && text.allSatisfy { (0x30...0x39).contains($0) }
    }
}
