// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Which sandbox a request belongs to, and which account its key stands for.
///
/// In this order: the path's prefix `/_sandbox/NAME/`, the host `NAME.sandbox.…`, an access key id `sandbox.NAME` or
/// `sandbox.NAME.ACCOUNT`, else `default`.
public struct SandboxName: Sendable, Equatable {
    /// The name that is used where a request names none.
    public static let standard = "default"
    /// The account of every key that says nothing else.
    public static let standardAccount = "123456789012"

    private static let prefix: StaticString = "/_sandbox/"

    /// The sandbox that the path names, and how many bytes of the path do so (the slash that follows stays).
    public static func inPath(_ path: ArraySlice<UInt8>) -> (name: String, length: Int)? {
        guard path.begins(with: prefix) else { return nil }
        let rest = path.dropFirst(prefix.utf8CodeUnitCount)
        let end = rest.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
        guard isName(rest[..<end]) else { return nil }
        return (String(decoding: rest[..<end], as: UTF8.self), end - path.startIndex)
    }

    /// A path without the sandbox that it names.
    static func afterPrefix(_ path: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        path.dropFirst(inPath(path)?.length ?? 0)
    }

    /// What a path or a key names in a sandbox's place, and cannot be one: `default` would be taken for it.
    static func misnamed(path: ArraySlice<UInt8>, key: String?) -> String? {
        if path.begins(with: prefix), inPath(path) == nil {
            let rest = path.dropFirst(prefix.utf8CodeUnitCount)
            return String(decoding: rest.prefix { $0 != UInt8(ascii: "/") }, as: UTF8.self)
        }
        guard let key, key.utf8.starts(with: keyPrefix.utf8), inKey(key).sandbox == nil else { return nil }
        return String(key.dropFirst(keyPrefix.utf8.count))
    }

    /// How many bytes of a path name a sandbox that cannot be: AWS's part comes after them all the same.
    static func misnamedLength(_ path: ArraySlice<UInt8>) -> Int {
        guard path.begins(with: prefix) else { return 0 }
        let end = path.dropFirst(prefix.utf8CodeUnitCount).firstIndex(of: UInt8(ascii: "/")) ?? path.endIndex
        return end - path.startIndex
    }

    private static let keyPrefix = "sandbox."

    /// The sandbox that the host names: `NAME.sandbox.localhost`, also behind a bucket's label.
    public static func inHost(_ host: ArraySlice<UInt8>) -> String? {
        // Hardly any host has the mark, so it is looked for before anything is taken apart.
        guard let mark = host.position(of: ".sandbox."), !host[..<mark].contains(UInt8(ascii: ":")) else { return nil }
        let labels = host[..<mark]
        let label = labels[(labels.lastIndex(of: UInt8(ascii: ".")).map { $0 + 1 } ?? labels.startIndex)...]
        return isName(label) ? String(decoding: label, as: UTF8.self) : nil
    }

    /// The sandbox and the account that an access key id names, each nil where it says nothing of it.
    public static func inKey(_ key: String) -> (sandbox: String?, account: String?) {
        if AccountID.isValid(key) { return (nil, key) }
        guard key.utf8.starts(with: keyPrefix.utf8) else { return (nil, nil) }
        let parts = key.dropFirst(keyPrefix.utf8.count).split(separator: ".", omittingEmptySubsequences: false)
        guard let name = parts.first, isName(Array(name.utf8)[...]), parts.count <= 2 else { return (nil, nil) }
        guard parts.count == 2 else { return (String(name), nil) }
        return (String(name), AccountID.isValid(parts[1]) ? String(parts[1]) : nil)
    }

    /// Letters, digits, `-` and `_`, at most 64 of them: what survives in a path, a host and a key alike.
    public static func isName(_ bytes: ArraySlice<UInt8>) -> Bool {
        !bytes.isEmpty && bytes.count <= 64
            && bytes.allSatisfy {
                $0.isAlphanumeric || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
            }
    }
}
