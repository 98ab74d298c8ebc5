// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryWire

/// CBOR items, as plain values and as inputs typed by the model.
enum CBORTarget: FuzzTarget {
    static let name = "cbor"
    /// Beginnings of items in one byte each, and names of members.
    static let dictionary = [
        "\u{1}", "\u{18}", "\u{20}", "@", "A", "`", "a", "\u{19}", "\u{1a}", "\u{1b}", "jStreamName", "gRecords",
        "dData",
        "lPartitionKey", "iNamespace", "jMetricData", "iTimestamp", "\u{7f}\u{7f}\u{7f}\u{7f}",
    ]

    static let calls =
        WireCalls.of([("cloudwatch", "PutMetricData"), ("gamelift", "CreateFleet")], .cbor)
        + WireCalls.of([("kinesis", "PutRecords"), ("kinesis", "GetShardIterator")], .jsonCBOR(version: "1.1"))

    static func run(_ bytes: [UInt8]) throws(Violation) -> UInt64 {
        var seen = ""
        do {
            let value = try CBOR.parse(bytes[...], limits: CBOR.Limits(depth: 32, values: 10_000))
            seen = value.kindName
            var written: [UInt8] = []
            CBOR.write(value, into: &written)
            guard let again = try? CBOR.parse(written[...]) else {
                throw Violation("what was written cannot be read: \(written)")
            }
            var twice: [UInt8] = []
            CBOR.write(again, into: &twice)
            if twice != written { throw Violation("\(written) came back as \(twice)") }
        } catch let mistake as CBOR.Mistake {
            guard (0...bytes.count).contains(mistake.offset) else {
                throw Violation("a mistake at \(mistake.offset) of \(bytes.count) bytes")
            }
            seen = mistake.message.filter { !$0.isNumber }
        } catch let violation as Violation {
            throw violation
        } catch {
            throw Violation("\(error)")
        }
        for call in calls { seen += " " + WireCalls.kind(call, bytes) }
        return kind(seen)
    }
}
