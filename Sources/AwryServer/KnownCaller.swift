// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import Glibc

/// A caller, and a head that it sent.
final class KnownCaller: Sendable {
    /// A value in which heads of one caller may differ, but for so many bytes at its beginning.
    private struct Gap {
        let field: Int
        let kept: Int
    }

    let caller: Caller
    private let head: RequestHead
    /// In the order in which they stand in the head.
    private let gaps: [Gap]

    /// Nil where no second head would be like this one: it is signed in a way that leaves no part the same.
    init?(_ caller: Caller, _ head: RequestHead) {
        var gaps: [Gap] = []
        for (index, field) in head.fields.enumerated() {
            let value = head.bytes[field.value]
            switch String(decoding: head.bytes[field.name], as: UTF8.self).lowercased() {
            case "authorization":
                // `AWS4-HMAC-SHA256 Credential=AKID/date/region/service/aws4_request, SignedHeaders=…, Signature=…`
                guard value.begins(with: "AWS4-HMAC-SHA256 "), let comma = value.position(of: ",") else { return nil }
                gaps.append(Gap(field: index, kept: comma - value.startIndex))
            case let name where Self.changing.contains(name): gaps.append(Gap(field: index, kept: 0))
            default: break
            }
        }
        self.caller = caller
        self.head = head
        self.gaps = gaps
    }

    /// Fields that say nothing of who calls what, and are others in each request.
    private static let changing: Set<String> = [
        "amz-sdk-invocation-id", "amz-sdk-request", "content-length", "content-md5", "date", "range",
        "x-amz-checksum-crc32", "x-amz-checksum-crc32c", "x-amz-checksum-crc64nvme", "x-amz-checksum-sha1",
        "x-amz-checksum-sha256", "x-amz-content-sha256", "x-amz-date", "x-amz-decoded-content-length",
        "x-amzn-trace-id",
    ]

    /// Whether a head is this caller's: it has as many fields, and the same bytes outside the gaps, names and order
    /// included.
    func sends(_ other: RequestHead) -> Bool {
        guard other.fields.count == head.fields.count, other.minorVersion == head.minorVersion else { return false }
        return head.bytes.withUnsafeBufferPointer { mine in
            other.bytes.withUnsafeBufferPointer { theirs in
                var (at, otherAt) = (0, 0)
                for gap in gaps {
                    let value = head.fields[gap.field].value
                    let otherValue = other.fields[gap.field].value
                    guard otherValue.count >= gap.kept,
                        Self.equal(
                            mine[at..<value.lowerBound + gap.kept],
                            theirs[otherAt..<otherValue.lowerBound + gap.kept])
                    else { return false }
                    (at, otherAt) = (value.upperBound, otherValue.upperBound)
                }
                return Self.equal(mine[at...], theirs[otherAt...])
            }
        }
    }

    private static func equal(
        _ left: Slice<UnsafeBufferPointer<UInt8>>, _ right: Slice<UnsafeBufferPointer<UInt8>>
    ) -> Bool {
        guard left.count == right.count else { return false }
        let (left, right) = (UnsafeBufferPointer(rebasing: left), UnsafeBufferPointer(rebasing: right))
        guard let start = left.baseAddress, let other = right.baseAddress else { return true }
        return memcmp(start, other, left.count) == 0
    }
}
