// SPDX-License-Identifier: Apache-2.0

/// CBOR (RFC 8949) as plain values: the data model that AWS's protocols use, depth and size bounded.
///
/// Names of maps are texts. Byte strings become blobs, tag 1 a timestamp; other tags say nothing here, so that what
/// they enclose counts alone.
public enum CBOR {
    /// What the number in tag 1 counts.
    public enum Epoch: Sendable, Hashable {
        /// Seconds, as RFC 8949 (section 3.4.2) and rpc-v2-cbor have it.
        case seconds
        /// Milliseconds, as AWS's older `application/x-amz-cbor-1.1` has it (aws-sdk-java-v2's issue 4661).
        case milliseconds

        /// The moment that a number stands for; nil for one that is too far off.
        public func moment(_ number: Double) -> Timestamp? {
            switch self {
            case .seconds: TimeFormats.moment(epochSeconds: number)
            case .milliseconds: TimeFormats.moment(epochSeconds: number / 1000)
            }
        }
    }

    /// Bounds for bytes from outside.
    public typealias Limits = DocumentBounds

    /// Bytes that are not CBOR, exceed the limits, or hold what no AWS protocol has.
    public typealias Mistake = DocumentMistake

    /// The value that the bytes hold, to the last of them.
    ///
    /// Of a name given twice the last value holds, `undefined` is null, and integers that 64 bits with a sign do not
    /// hold are refused. Blobs share the bytes, unless they came in chunks.
    public static func parse(
        _ bytes: ArraySlice<UInt8>, epoch: Epoch = .seconds, limits: Limits = Limits()
    ) throws(Mistake) -> Value {
        var reader = CBORReader(bytes, epoch: epoch, limits: limits)
        return try reader.document()
    }

    /// Appends a value: definite lengths, the shortest integers and lengths, members in the order given, so that equal
    /// values give equal bytes.
    public static func write(_ value: Value, epoch: Epoch = .seconds, into out: inout [UInt8]) {
        CBORWriter(epoch: epoch).write(value, into: &out)
    }
}
