// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension SQS {
    static var listDeadLetterSourceQueues: Handler? { listSources }

    private static func listSources(_ state: inout SQS, _ call: FakeCall) throws(WireError) -> Outcome {
        let key = try state.key(of: call)
        let (page, token) = try page(of: state.sources(of: key), call)
        var output: Fields = ["queueUrls": .list(page.map { .string($0.url(at: call.endpoint)) })]
        if let token { output["NextToken"] = .string(token) }
        return .output(output)
    }

    /// The queues whose dead letters go to this one.
    func sources(of key: QueueKey) -> [QueueKey] {
        let arn = key.arn
        return queues.values.filter { $0.attributes.redrive?.target == arn }.map(\.key)
    }
}
