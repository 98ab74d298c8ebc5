// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension SQS {
    /// The message groups that a call sends to, each once, where the queue is one for high throughput: its quota is
    /// each group's own then.
    mutating func quotaScopes(of call: FakeCall) -> [QuotaScope] {
        guard let url = call.input["QueueUrl"]?.string, let key = QueueKey(url: url, region: call.place.region),
            let attributes = queues[key]?.attributes, attributes.throughputLimit == "perMessageGroupId"
        else { return [] }
        let entries = call.input["Entries"]?.list?.compactMap(\.fields) ?? [call.input]
        var groups: [String] = []
        for entry in entries {
            let group = entry["MessageGroupId"]?.string ?? ""
            if !groups.contains(group) { groups.append(group) }
        }
        return groups.map { QuotaScope(key: "\(key.arn) \($0)", name: $0) }
    }
}
