// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP

extension Answered {
    /// Damages the answer; bytes written by hand are left alone.
    mutating func corrupt(_ corruption: Corruption, isObject: Bool) {
        guard case .message(var message) = content else { return }
        content = .bytes([], close: false)
        switch corruption {
        case .body:
            message.damageByte()
        case .etag:
            message.damageHeaders { $0 == "etag" }
            message.damageBody(["ETag"])
        case .checksum:
            let found = message.damageHeaders { $0.hasPrefix("x-amz-checksum-") && $0 != "x-amz-checksum-type" }
            let others = message.damageHeaders { ["x-amz-crc32", "content-md5"].contains($0) }
            message.damageBody(Self.checksums)
            // No body has this CRC32 but one in four thousand million.
            if isObject, !found, !others { message.headers.append(Header("x-amz-checksum-crc32", "3q2+7w==")) }
        case .contentLength:
            let said = message.headers.firstIndex { $0.name.lowercased() == "content-length" }
            let length = said.flatMap { Int(message.headers[$0].value) } ?? message.bodyCount
            if let said { message.headers.remove(at: said) }
            message.headers.append(Header("Content-Length", "\(length + 1)"))
        }
        content = .message(message)
    }

    /// Names of members that hold a checksum: S3's, and SQS's MD5s.
    private static let checksums = [
        "ChecksumCRC32", "ChecksumCRC32C", "ChecksumCRC64NVME", "ChecksumSHA1", "ChecksumSHA256", "MD5OfMessageBody",
        "MD5OfBody", "MD5OfMessageAttributes", "MD5OfMessageSystemAttributes",
    ]
}

extension Reply.Message {
    /// Changes one bit amid the body, wherever that lies.
    fileprivate mutating func damageByte() {
        let middle = bodyCount / 2
        guard let byte = blob.slice(middle..<(middle + 1)).bytes.first else { return }
        if stored == nil {
            body[middle] = byte ^ 1
        } else {
            blob = Blob.joined([blob.prefix(middle), Blob([byte ^ 1]), blob.slice((middle + 1)..<bodyCount)])
        }
    }

    /// Changes a letter or digit of each of these headers; whether there were any.
    @discardableResult
    fileprivate mutating func damageHeaders(_ isMeant: (String) -> Bool) -> Bool {
        var found = false
        for index in headers.indices where isMeant(headers[index].name.lowercased()) {
            var value = Array(headers[index].value.utf8)
            if let place = value.firstIndex(where: Self.isSign) { value[place] = Self.other(value[place]) }
            headers[index] = Header(headers[index].name, String(decoding: value, as: UTF8.self))
            found = true
        }
        return found
    }

    /// The same for the values of XML elements and JSON members of these names.
    fileprivate mutating func damageBody(_ names: [String]) {
        // A document; what is longer is an object, of which the head tells all.
        if let stored, stored.count <= 16 << 20 {
            body = Array(stored.bytes)
            self.stored = nil
        }
        for name in names {
            let name = Array(name.utf8)
            var start = 0
            while let place = body[start...].firstRange(of: name)?.upperBound, place < body.count {
                start = place
                let isClosing = place - name.count > 0 && body[place - name.count - 1] == UInt8(ascii: "/")
                guard !isClosing, [UInt8(ascii: ">"), UInt8(ascii: "\"")].contains(body[place]) else { continue }
                var value = body[(place + 1)...].drop { !Self.isSign($0) && $0 != UInt8(ascii: "&") }
                if value.starts(with: "&quot;".utf8) { value = value.dropFirst(6) }
                if let first = value.first, Self.isSign(first) { body[value.startIndex] = Self.other(first) }
            }
        }
    }

    private static func isSign(_ byte: UInt8) -> Bool {
        byte.isAlphanumeric
    }

    /// Another sign of the same kind: hexadecimal stays hexadecimal, Base64 stays Base64.
    private static func other(_ byte: UInt8) -> UInt8 {
        switch byte {
        case UInt8(ascii: "9"), UInt8(ascii: "f"), UInt8(ascii: "F"), UInt8(ascii: "z"), UInt8(ascii: "Z"): byte - 1
        default: byte + 1
        }
    }
}
