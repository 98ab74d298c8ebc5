// SPDX-License-Identifier: Apache-2.0

import HeapModule

extension Queue {
    /// What of the queue contradicts itself; nil where all is well.
    mutating func contradiction() -> String? {
        let inFlight = messages.values.count { $0.state == .inFlight }
        let delayed = messages.values.count { $0.state == .delayed }
        if inFlight != inFlightCount { return "\(inFlight) messages are in flight, counted are \(inFlightCount)" }
        if delayed != delayedCount { return "\(delayed) messages are delayed, counted are \(delayedCount)" }
        if !isFIFO { return groups.isEmpty ? nil : "a standard queue has groups" }
        var inFlightByGroup: [String: Int] = [:]
        for message in messages.values where message.state == .inFlight {
            inFlightByGroup[message.content.group ?? "", default: 0] += 1
        }
        for (name, group) in groups where group.inFlight != inFlightByGroup[name] ?? 0 {
            return "group \(name) has \(inFlightByGroup[name] ?? 0) messages in flight, counted are \(group.inFlight)"
        }
        for (number, message) in messages where message.state != .inFlight {
            let group = groups[message.content.group ?? ""]
            guard let waiting = group?.waiting, waiting.unordered.contains(number) else {
                return "message \(number) waits in no group"
            }
        }
        for name in inFlightByGroup.keys where groups[name] == nil { return "group \(name) is forgotten" }
        return nil
    }
}
