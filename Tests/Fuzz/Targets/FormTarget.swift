// SPDX-License-Identifier: Apache-2.0

import AwryWire

/// Forms, as parameters and as inputs typed by the model.
enum FormTarget: FuzzTarget {
    static let name = "form"
    static let dictionary = [
        "&", "=", "+", "%", "%20", "%FF", "%zz", ".", ".member.", ".entry.", ".1", ".4294967295", "..",
        "Tags.member.1.Key=a",
        "PolicyArns.member.1.arn=", "Attribute.1.Name=", "MessageAttribute.1.Value.BinaryValue=aGk%3D",
        "DurationSeconds=",
    ]

    static let calls = WireCalls.of(
        [("sts", "AssumeRole"), ("iam", "SimulateCustomPolicy"), ("sqs", "SendMessageBatch"), ("sqs", "CreateQueue")],
        .query)

    static func run(_ bytes: [UInt8]) throws(Violation) -> UInt64 {
        var seen = ""
        if let form = try? Form(bytes[...]) {
            let size = form.parameters.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count }
            // A byte that is not UTF-8 becomes a replacement character of three.
            if size > 3 * bytes.count { throw Violation("\(size) bytes of text from \(bytes.count)") }
            seen = "\(min(form.parameters.count, 8))"
        }
        for call in calls { seen += " " + WireCalls.kind(call, bytes) }
        return kind(seen)
    }
}
