// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// What a head says of whom the request is for (RFC 9112 3.2 and 3.3).
extension RequestHead {
    /// Whether the target names a host, as a request to a proxy does: absolute-form, or CONNECT's authority-form.
    public var isForProxy: Bool {
        guard let first = targetRange.first else { return false }
        return bytes[first] != UInt8(ascii: "/") && bytes[first] != UInt8(ascii: "*")
    }

    /// Whether it asks for a tunnel (RFC 9110 9.3.6).
    public var isConnect: Bool { bytes[methodRange].equals("CONNECT") }

    /// Host and port in the target; nil where it is a path.
    public var targetAuthority: ArraySlice<UInt8>? {
        guard isForProxy else { return nil }
        let bytes = bytes
        if isConnect { return bytes[targetRange] }
        return bytes[TargetForm.authority(ofAbsolute: targetRange, in: bytes.span)]
    }

    /// Host and port that the request is for: the target's, else the Host header's (RFC 9112 3.2.2: an absolute target
    /// is right where the two differ).
    public var host: ArraySlice<UInt8>? { targetAuthority ?? value("host") }

    /// The same as text.
    public var hostText: String? { host.map { String(decoding: $0, as: UTF8.self) } }

    /// The same head with this method and target; the text of both is added to the bytes.
    public func with(method: [UInt8], target: [UInt8]) -> RequestHead {
        let start = bytes.count
        let middle = start + method.count
        return RequestHead(
            bytes: bytes + method + target, methodRange: start..<middle,
            targetRange: middle..<middle + target.count, minorVersion: minorVersion, fields: fields)
    }
}

/// The forms of a request's target (RFC 9112 3.2).
enum TargetForm {
    /// Refuses a target that is neither origin-form, absolute-form, CONNECT's authority-form nor OPTIONS's asterisk.
    static func check(_ bytes: Span<UInt8>, method: Range<Int>, target: Range<Int>) throws(Refusal) {
        guard let first = target.first else { throw .badTarget }
        if method.count == 7, bytes.equals(method, "connect") {
            // Methods are told apart by case (RFC 9110 9.1).
            for index in method where bytes[index] > UInt8(ascii: "Z") { throw .unknownMethod }
            guard hasPort(bytes, target) else { throw .badTarget }
            return try checkAuthority(bytes, target)
        }
        switch bytes[first] {
        case UInt8(ascii: "/"): return
        case UInt8(ascii: "*"):
            if target.count == 1, bytes.equals(method, "options") { return }
            throw .badTarget
        default:
            let isPlain = target.count > 7 && bytes.equals(first..<(first + 7), "http://")
            let isSecure = target.count > 8 && bytes.equals(first..<(first + 8), "https://")
            if !isPlain && !isSecure { throw .badTarget }
            try checkAuthority(bytes, authority(ofAbsolute: target, in: bytes))
        }
    }

    /// Where in an absolute target, which was checked, host and port lie.
    static func authority(ofAbsolute target: Range<Int>, in bytes: Span<UInt8>) -> Range<Int> {
        var start = target.lowerBound
        while start < target.upperBound, bytes[start] != UInt8(ascii: ":") { start += 1 }
        start = min(start + 3, target.upperBound)
        var end = start
        while end < target.upperBound, bytes[end] != UInt8(ascii: "/"), bytes[end] != UInt8(ascii: "?") { end += 1 }
        return start..<end
    }

    /// RFC 9110 4.2.1 and 4.2.4: a host must be there, a user's name must not.
    private static func checkAuthority(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(Refusal) {
        guard let first = range.first, bytes[first] != UInt8(ascii: ":") else { throw .badTarget }
        for index in range where ASCII.endsHost(bytes[index]) { throw .badTarget }
    }

    /// RFC 9112 3.2.3: authority-form ends in a port, from 1 to 65535.
    private static func hasPort(_ bytes: Span<UInt8>, _ target: Range<Int>) -> Bool {
        var start = target.upperBound
        while start > target.lowerBound, ASCII.isDigit(bytes[start - 1]) { start -= 1 }
        guard start > target.lowerBound, bytes[start - 1] == UInt8(ascii: ":"), target.upperBound - start <= 5 else {
            return false
        }
        var port = 0
        for index in start..<target.upperBound { port = port * 10 + Int(bytes[index] - 0x30) }
        return (1...65_535).contains(port)
    }
}
