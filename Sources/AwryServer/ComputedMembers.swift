// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryDigest
import AwryModel

/// Output members that clients check and no model describes: SQS's MD5 of what was sent.
///
/// From the Amazon SQS Developer Guide, "Calculating the MD5 message digest for message attributes".
enum ComputedMembers {
    /// Fills them in, unless the scenario gave them.
    @Sendable
    static func fill(_ output: inout Fields, _ operation: AwryModel.Operation, _ service: Service, _ input: Fields) {
        guard service.name == "sqs" else { return }
        switch operation.name {
        case "SendMessage":
            replace("MessageId", .string(messageID(input)), in: &output)
            digest(input, into: &output)
        case "SendMessageBatch": fillBatch(&output, entries: input["Entries"]?.list ?? [])
        default: break
        }
    }

    private static func digest(_ message: Fields, into output: inout Fields) {
        guard let body = message["MessageBody"]?.string else { return }
        replace("MD5OfMessageBody", hex(Digests.md5(body.utf8)), in: &output)
        for (sent, told) in [
            ("MessageAttributes", "MD5OfMessageAttributes"),
            ("MessageSystemAttributes", "MD5OfMessageSystemAttributes"),
        ] {
            guard let attributes = message[sent]?.fields, !attributes.isEmpty else { continue }
            replace(told, hex(Digests.md5(canonical(attributes))), in: &output)
        }
    }

    /// What the results of the messages that were sent say of them.
    private static func fillBatch(_ output: inout Fields, entries: [Value]) {
        guard let results = output["Successful"]?.list else { return }
        let sent = entries.compactMap(\.fields)
        output["Successful"] = .list(
            results.map { result in
                guard var fields = result.fields, let entry = sent.first(where: { $0["Id"] == fields["Id"] }) else {
                    return result
                }
                replace("MessageId", .string(messageID(entry)), in: &fields)
                digest(entry, into: &fields)
                return .structure(fields)
            })
    }

    /// A message's id must differ from its neighbours' and be the same for the same entry.
    private static func messageID(_ entry: Fields) -> String {
        let digits = Hex.text(Digests.md5(((entry["Id"]?.string ?? "") + (entry["MessageBody"]?.string ?? "")).utf8))
        let text = Array(digits)
        let parts = [text[0..<8], text[8..<12], "4" + text[13..<16], "8" + text[17..<20], text[20..<32]]
        return parts.map { String($0) }.joined(separator: "-")
    }

    /// Name, data type and value of each attribute in order of name, each with its length before it in four bytes; a
    /// byte before the value says whether it is text (1) or binary (2).
    private static func canonical(_ attributes: Fields) -> [UInt8] {
        var bytes: [UInt8] = []
        for (name, value) in attributes.sorted(by: { $0.name < $1.name }) {
            guard let attribute = value.fields else { continue }
            append(name.utf8, to: &bytes)
            append((attribute["DataType"]?.string ?? "").utf8, to: &bytes)
            if case .blob(let blob) = attribute["BinaryValue"] {
                bytes.append(2)
                append(blob.bytes, to: &bytes)
            } else {
                bytes.append(1)
                append((attribute["StringValue"]?.string ?? "").utf8, to: &bytes)
            }
        }
        return bytes
    }

    private static func append(_ part: some Collection<UInt8>, to bytes: inout [UInt8]) {
        let count = UInt32(truncatingIfNeeded: part.count)
        for shift in [24, 16, 8, 0] as [UInt32] { bytes.append(UInt8(truncatingIfNeeded: count >> shift)) }
        bytes.append(contentsOf: part)
    }

    /// A stub's placeholder gives way, as does nothing that a scenario wrote: a test may want a wrong digest.
    private static func replace(_ name: String, _ text: Value, in output: inout Fields) {
        if output[name] == nil || output[name] == "" { output[name] = text }
    }

    private static func hex(_ bytes: [UInt8]) -> Value { .string(Hex.text(bytes)) }
}
