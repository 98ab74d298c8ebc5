// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Which names a bucket may have, which S3's model does not say (Amazon S3 User Guide, "General purpose bucket naming
/// rules").
enum BucketName {
    private static let reservedPrefixes = ["xn--", "sthree-"]
    /// Whether a bucket may be addressed by this name: a general-purpose or directory bucket's, or an access point's
    /// ARN or alias (the suffixes that are reserved for these are not refused).
    ///
    /// `amzn-s3-demo-` is reserved for documentation but answers like any other name, so that examples run here.
    static func isValid(_ name: String) -> Bool {
        if name.hasPrefix("arn:") { return true }
        let bytes = Array(name.utf8)
        guard (3...63).contains(bytes.count), let first = bytes.first, let last = bytes.last,
            isLetterOrDigit(first), isLetterOrDigit(last)
        else { return false }
        guard bytes.allSatisfy({ isLetterOrDigit($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") }),
            !zip(bytes, bytes.dropFirst()).contains(where: { $0 == UInt8(ascii: ".") && $1 == UInt8(ascii: ".") })
        else { return false }
        return !isAddress(bytes) && !reservedPrefixes.contains { name.hasPrefix($0) }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || byte.isDigit
    }

    /// `192.168.5.4` is refused, `192.168.5` is not.
    private static func isAddress(_ bytes: [UInt8]) -> Bool {
        let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return parts.count == 4
            && parts.allSatisfy { (1...3).contains($0.count) && $0.allSatisfy(\.isDigit) }
    }
}
