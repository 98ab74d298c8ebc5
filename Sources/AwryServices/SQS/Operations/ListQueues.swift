// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension SQS {
    static var listQueues: Handler? { list }

    private static func list(_ state: inout SQS, _ call: FakeCall) throws(WireError) -> Outcome {
        let prefix = call.members.text("QueueNamePrefix")
        let keys = state.queues.keys.filter { $0.place == call.place && $0.name.hasPrefix(prefix) }
        let (page, token) = try page(of: keys, call)
        var output: Fields = [:]
        if !page.isEmpty { output["QueueUrls"] = .list(page.map { .string($0.url(at: call.endpoint)) }) }
        if let token { output["NextToken"] = .string(token) }
        return .output(output)
    }

    /// A page of a listing in order of name, and the token of the next. Without `MaxResults` there is one page.
    static func page(of keys: [QueueKey], _ call: FakeCall) throws(WireError) -> ([QueueKey], String?) {
        let size = try call.number(
            call.members.integer("MaxResults"), "MaxResults", 1...1000,
            "MaxResults must be an integer between 1 and 1000.")
        var sorted = keys.sorted { $0.name < $1.name }
        if let token = call.members.optionalText("NextToken") {
            guard let bytes = Base64.decode(token.utf8) else {
                throw call.error("InvalidParameterValue", "Invalid or expired next token.")
            }
            let last = String(decoding: bytes, as: UTF8.self)
            sorted.removeAll { $0.name <= last }
        }
        let shown = sorted.prefix(Int(size ?? 1000))
        let isMore = size != nil && shown.count < sorted.count
        return (Array(shown), isMore ? shown.last.map { Base64.text($0.name.utf8) } : nil)
    }
}
