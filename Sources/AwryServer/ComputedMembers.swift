// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryDigest
import AwryModel
import AwryServices

/// Output members that clients check and no model describes: SQS's MD5 of what was sent.
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
        replace("MD5OfMessageBody", .string(MessageDigest.body(body)), in: &output)
        for (sent, told) in [
            ("MessageAttributes", "MD5OfMessageAttributes"),
            ("MessageSystemAttributes", "MD5OfMessageSystemAttributes"),
        ] {
            guard let digest = message[sent]?.fields.flatMap(MessageDigest.attributes) else { continue }
            replace(told, .string(digest), in: &output)
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

    /// A stub's placeholder gives way, as does nothing that a scenario wrote: a test may want a wrong digest.
    private static func replace(_ name: String, _ text: Value, in output: inout Fields) {
        if output[name] == nil || output[name] == "" { output[name] = text }
    }
}
