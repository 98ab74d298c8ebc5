// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

/// What the engine may know of one request. Cheap to make: what is not at hand is asked of `raw` when a rule needs it.
///
/// An object, because every stage and every rule is handed it, and a copy would count ten references.
public final class RequestFacts: Sendable {
    /// The service, the catalogue's own object.
    public let service: Service
    /// The operation, the catalogue's own object.
    public let operation: Operation
    /// Who calls, and what every such request has in common.
    public let origin: RequestOrigin
    /// What the answer will carry as its request id.
    public let requestID: String
    /// The `amz-sdk-invocation-id` header.
    public let invocation: String?
    /// The `attempt=` of the `amz-sdk-request` header.
    public let sdkAttempt: Int?
    /// The HTTP request.
    public let raw: any RawRequest
    /// The decoded input; nil while it is not decoded, or where it does not decode.
    public let params: Fields?
    /// When the request's head had come, by the machine's monotonic clock, in nanoseconds.
    public let arrived: UInt64
    /// The sandbox's time.
    public let now: Timestamp

    /// Facts of one request; what is not given is not known.
    public init(
        service: Service, operation: Operation, origin: RequestOrigin, requestID: String, invocation: String? = nil,
        sdkAttempt: Int? = nil, raw: any RawRequest, params: Fields? = nil, arrived: UInt64, now: Timestamp
    ) {
        self.service = service
        self.operation = operation
        self.origin = origin
        self.requestID = requestID
        self.invocation = invocation
        self.sdkAttempt = sdkAttempt
        self.raw = raw
        self.params = params
        self.arrived = arrived
        self.now = now
    }

    /// The number after `attempt=` in an `amz-sdk-request` header (`ttl=…; attempt=2; max=3`); nil where there is none
    /// from 1 up. Not generic and without `split`: it is on every request's way.
    public static func attempt(inSDKRequest header: ArraySlice<UInt8>) -> Int? {
        header.withUnsafeBufferPointer { bytes in
            var start = 0
            while start < bytes.count {
                var end = start
                while end < bytes.count, bytes[end] != UInt8(ascii: ";") { end += 1 }
                while start < end, bytes[start] == 0x20 || bytes[start] == 0x09 { start += 1 }
                if hasAttempt(bytes, at: start, before: end) { return number(bytes, from: start + 8, before: end) }
                start = end + 1
            }
            return nil
        }
    }

    private static func hasAttempt(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int, before end: Int) -> Bool {
        let word: StaticString = "attempt="
        guard end - start >= word.utf8CodeUnitCount else { return false }
        for offset in 0..<word.utf8CodeUnitCount where bytes[start + offset] != word.utf8Start[offset] { return false }
        return true
    }

    private static func number(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, before end: Int) -> Int? {
        var number = 0
        for index in start..<end {
            let byte = bytes[index]
            if byte == 0x20 || byte == 0x09 { break }
            guard byte >= 0x30, byte <= 0x39, number < 1_000_000_000 else { return nil }
            number = number * 10 + Int(byte - 0x30)
        }
        return number > 0 ? number : nil
    }
}
