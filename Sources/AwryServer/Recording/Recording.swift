// SPDX-License-Identifier: Apache-2.0

import AwryModel

/// Takes calls that were passed on, for a scenario that answers them without the upstream. Called on the transport's
/// loops: must not wait.
public protocol CallRecorder: Sendable {
    /// A call was answered.
    func take(_ call: RecordedCall)
    /// A request was answered of which nobody here knows what it means.
    func takeUnknown(method: String, path: String)
}

/// What was recorded so far: for each distinct call its answers in their order.
public struct Recording: Sendable {
    /// The most bytes of bodies that a scenario's files may hold together.
    static let mostBytes = 60 << 20

    struct Entry {
        let service: String
        let operation: String
        let region: String
        /// Nil where the parameters could not be read: such a call cannot be told from others.
        let match: RecordedMatch?
        var steps: [(answer: RecordedCall.Answer, times: Int)]
    }

    private struct Key: Hashable {
        let service: String
        let operation: String
        let region: String
        let match: RecordedMatch?
    }

    private(set) var entries: [Entry] = []
    private(set) var unknown: [String] = []
    private(set) var regions: Set<String> = []
    private var places: [Key: Int] = [:]
    private var bytes = 0

    /// Nothing was recorded yet.
    public init() {}

    /// Adds a call. A call as one before it adds its answer to that one's.
    public mutating func add(_ call: RecordedCall) {
        let match = call.params.map { RecordedMatch($0, of: call.operation, in: call.service) }
        let key = Key(
            service: call.service.name, operation: call.operation.name, region: call.region, match: match)
        var answer = call.answer
        if case .raw(_, _, let body, _) = answer {
            if bytes + body.count > Self.mostBytes {
                answer = .stub(note: "its answer did not fit into the \(Self.mostBytes >> 20) MiB that are kept")
            } else {
                bytes += body.count
            }
        }
        regions.insert(call.region)
        guard let place = places[key] else {
            places[key] = entries.count
            entries.append(
                Entry(
                    service: key.service, operation: key.operation, region: key.region, match: match,
                    steps: [(answer, 1)]))
            return
        }
        if let last = entries[place].steps.last, last.answer == answer {
            entries[place].steps[entries[place].steps.count - 1].times += 1
        } else {
            entries[place].steps.append((answer, 1))
        }
    }

    /// Notes a request that cannot be recorded.
    public mutating func addUnknown(method: String, path: String) {
        let line = "\(method) \(path)"
        if unknown.count < 1000, !unknown.contains(line) { unknown.append(line) }
    }

    /// The entries as rules are to stand: as they came, but of one operation's calls those that say more come first,
    /// because a rule also takes calls that say more than it.
    var ordered: [Entry] {
        var groups: [String: [Int]] = [:]
        for (index, entry) in entries.enumerated() {
            groups["\(entry.service).\(entry.operation)", default: []].append(index)
        }
        var ordered = entries
        for places in groups.values where places.count > 1 {
            let sorted = places.sorted { left, right in
                let (more, less) = (entries[left].match?.lines.count ?? 0, entries[right].match?.lines.count ?? 0)
                return more == less ? left < right : more > less
            }
            for (place, index) in zip(places, sorted) { ordered[place] = entries[index] }
        }
        return ordered
    }
}
