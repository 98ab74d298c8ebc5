// SPDX-License-Identifier: Apache-2.0

/// Where a request line's parts lie (RFC 9112 3).
struct RequestLine: Sendable {
    let method: Range<Int>
    let target: Range<Int>
    /// 1 for HTTP/1.1 and whatever 1.x comes after it (RFC 9110 2.5), 0 for HTTP/1.0.
    let minorVersion: UInt8

    /// The parts of the line that `range` holds, its CR LF left out.
    init(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(Refusal) {
        var index = range.lowerBound
        while index < range.upperBound, ASCII.isToken(bytes[index]) { index += 1 }
        guard index < range.upperBound else { throw .badRequestLine }
        guard bytes[index] == ASCII.space, index > range.lowerBound else {
            throw bytes[index] == ASCII.carriageReturn ? .bareCarriageReturn : .badMethod
        }
        method = range.lowerBound..<index
        if method.count > HTTPLimits.methodBytes { throw .unknownMethod }
        let start = index + 1
        index = start
        // Bytes above ASCII are let through: AWS's front ends take them, and who reads the target may still refuse
        // them.
        while index < range.upperBound, bytes[index] > ASCII.space, bytes[index] != 0x7F { index += 1 }
        target = start..<index
        guard index < range.upperBound else { throw .badRequestLine }
        guard bytes[index] == ASCII.space else {
            throw bytes[index] == ASCII.carriageReturn ? .bareCarriageReturn : .badTarget
        }
        minorVersion = try RequestLine.version(bytes, (index + 1)..<range.upperBound)
        try TargetForm.check(bytes, method: method, target: target)
    }

    /// RFC 9112 2.3.
    private static func version(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(Refusal) -> UInt8 {
        let start = range.lowerBound
        // `HTTP` is case-sensitive, so `equals` alone, which folds, would let too much through.
        guard range.count == 8, bytes[start] == 0x48, bytes[start + 1] == 0x54, bytes[start + 2] == 0x54,
            bytes[start + 3] == 0x50, bytes[start + 4] == 0x2F, ASCII.isDigit(bytes[start + 5]),
            bytes[start + 6] == 0x2E, ASCII.isDigit(bytes[start + 7])
        else {
            for index in range where bytes[index] == ASCII.carriageReturn { throw .bareCarriageReturn }
            throw range.contains { bytes[$0] == ASCII.space } ? .badRequestLine : .badVersion
        }
        if bytes[start + 5] != UInt8(ascii: "1") { throw .unsupportedVersion }
        return bytes[start + 7] == UInt8(ascii: "0") ? 0 : 1
    }
}
