// SPDX-License-Identifier: Apache-2.0

import CZlib
import Crypto

/// The checksums that S3 knows (`x-amz-checksum-…`), and MD5 for ETags and Content-MD5.
public enum ChecksumAlgorithm: String, Sendable, Hashable, CaseIterable {
    case crc32 = "CRC32"
    case crc32c = "CRC32C"
    case crc64nvme = "CRC64NVME"
    case sha1 = "SHA1"
    case sha256 = "SHA256"
    case sha512 = "SHA512"
    case md5 = "MD5"
    case xxhash64 = "XXHASH64"
    case xxhash3 = "XXHASH3"
    case xxhash128 = "XXHASH128"

    /// How many bytes a checksum has.
    public var byteCount: Int {
        switch self {
        case .crc32, .crc32c: 4
        case .crc64nvme, .xxhash64, .xxhash3: 8
        case .md5, .xxhash128: 16
        case .sha1: 20
        case .sha256: 32
        case .sha512: 64
        }
    }
}

/// A checksum in the making: bytes come in pieces, as bodies do.
public struct Checksum: Sendable {
    private enum State: Sendable {
        case crc32(UInt)
        case crc32c(UInt32)
        case crc64nvme(UInt64)
        case sha1(Insecure.SHA1)
        case sha256(SHA256)
        case sha512(SHA512)
        case md5(Insecure.MD5)
        case xxhash64(XXHash64)
        case xxhash3(XXHash3)
    }

    /// Which checksum it is.
    public let algorithm: ChecksumAlgorithm
    private var state: State

    /// The checksum of no bytes yet.
    public init(_ algorithm: ChecksumAlgorithm) {
        self.algorithm = algorithm
        state =
            switch algorithm {
            case .crc32: .crc32(0)
            case .crc32c: .crc32c(0)
            case .crc64nvme: .crc64nvme(0)
            case .sha1: .sha1(Insecure.SHA1())
            case .sha256: .sha256(SHA256())
            case .sha512: .sha512(SHA512())
            case .md5: .md5(Insecure.MD5())
            case .xxhash64: .xxhash64(XXHash64())
            case .xxhash3, .xxhash128: .xxhash3(XXHash3())
            }
    }

    /// The checksum of some bytes, big-endian.
    public static func of(_ bytes: ArraySlice<UInt8>, _ algorithm: ChecksumAlgorithm) -> [UInt8] {
        var checksum = Checksum(algorithm)
        checksum.update(bytes)
        return checksum.finish()
    }

    /// Takes the next bytes.
    public mutating func update(_ bytes: ArraySlice<UInt8>) {
        bytes.withUnsafeBytes { update($0) }
    }

    /// Takes the next bytes.
    public mutating func update(_ bytes: UnsafeRawBufferPointer) {
        switch state {
        case .crc32(let sum):
            state = .crc32(crc32_z(sum, bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count))
        case .crc32c(let sum): state = .crc32c(CRC32C.update(sum, bytes))
        case .crc64nvme(let sum): state = .crc64nvme(CRC64NVME.update(sum, bytes))
        case .sha1(var function):
            function.update(bufferPointer: bytes)
            state = .sha1(function)
        case .sha256(var function):
            function.update(bufferPointer: bytes)
            state = .sha256(function)
        case .sha512(var function):
            function.update(bufferPointer: bytes)
            state = .sha512(function)
        case .md5(var function):
            function.update(bufferPointer: bytes)
            state = .md5(function)
        case .xxhash64(var function):
            function.update(bytes)
            state = .xxhash64(function)
        case .xxhash3(var function):
            function.update(bytes)
            state = .xxhash3(function)
        }
    }

    /// The checksum of all bytes so far, big-endian as S3's headers hold it in base64.
    public func finish() -> [UInt8] {
        switch state {
        case .crc32(let sum): Self.bigEndian(UInt64(sum), bytes: 4)
        case .crc32c(let sum): Self.bigEndian(UInt64(sum), bytes: 4)
        case .crc64nvme(let sum): Self.bigEndian(sum, bytes: 8)
        case .sha1(let function): Array(function.finalize())
        case .sha256(let function): Array(function.finalize())
        case .sha512(let function): Array(function.finalize())
        case .md5(let function): Array(function.finalize())
        case .xxhash64(let function): Self.bigEndian(function.finish(), bytes: 8)
        case .xxhash3(let function): Self.canonical(function, isWide: algorithm == .xxhash128)
        }
    }

    private static func canonical(_ function: XXHash3, isWide: Bool) -> [UInt8] {
        guard isWide else { return bigEndian(function.finish64(), bytes: 8) }
        let (high, low) = function.finish128()
        return bigEndian(high, bytes: 8) + bigEndian(low, bytes: 8)
    }

    private static func bigEndian(_ number: UInt64, bytes: Int) -> [UInt8] {
        (0..<bytes).map { UInt8(truncatingIfNeeded: number >> (8 * UInt64(bytes - 1 - $0))) }
    }
}
