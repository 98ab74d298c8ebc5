// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

/// What the engine may know of one request. Cheap to make: what is not at hand is asked of `raw` when a rule needs it.
public struct RequestFacts: Sendable {
    /// The service, the catalogue's own object.
    public var service: Service
    /// The operation, the catalogue's own object.
    public var operation: Operation
    /// From the credential scope, or the default.
    public var region: String
    /// Twelve digits.
    public var account: String
    /// The access key id; nil on an unsigned request.
    public var accessKey: String?
    /// The caller's ARN; nil where nobody knows it.
    public var principal: String?
    /// What the answer will carry as its request id.
    public var requestID: String
    /// The `amz-sdk-invocation-id` header.
    public var invocation: String?
    /// The `attempt=` of the `amz-sdk-request` header.
    public var sdkAttempt: Int?
    /// The HTTP request.
    public var raw: any RawRequest
    /// The decoded input; nil while it is not decoded, or where it does not decode.
    public var params: Fields?
    /// When the request's head had come, by the machine's monotonic clock, in nanoseconds.
    public var arrived: UInt64
    /// The sandbox's time.
    public var now: Timestamp

    /// Facts of one request; what is not given is not known.
    public init(
        service: Service, operation: Operation, region: String, account: String, accessKey: String? = nil,
        principal: String? = nil, requestID: String, invocation: String? = nil, sdkAttempt: Int? = nil,
        raw: any RawRequest, params: Fields? = nil, arrived: UInt64, now: Timestamp
    ) {
        self.service = service
        self.operation = operation
        self.region = region
        self.account = account
        self.accessKey = accessKey
        self.principal = principal
        self.requestID = requestID
        self.invocation = invocation
        self.sdkAttempt = sdkAttempt
        self.raw = raw
        self.params = params
        self.arrived = arrived
        self.now = now
    }

    /// The number after `attempt=` in an `amz-sdk-request` header (`ttl=…; attempt=2; max=3`); nil where there is none
    /// from 1 up.
    public static func attempt(inSDKRequest header: some Collection<UInt8>) -> Int? {
        for part in header.split(separator: UInt8(ascii: ";")) {
            let part = part.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
            guard part.starts(with: "attempt=".utf8) else { continue }
            var number = 0
            for byte in part.dropFirst(8) {
                if byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") { break }
                guard (0x30...0x39).contains(byte), number < 1_000_000_000 else { return nil }
                number = number * 10 + Int(byte - 0x30)
            }
            return number > 0 ? number : nil
        }
        return nil
    }
}
