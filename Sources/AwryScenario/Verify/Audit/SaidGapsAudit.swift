// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Holds the gaps of calls against ranges said outright: `gaps: ["0-1s", "0-2s"]`.
enum SaidGapsAudit {
    /// What differs: the gap that lies farthest outside of its range, and the first beyond the last range.
    static func problems(_ calls: [SDKCall], _ ranges: [ClosedRange<Duration>]) -> [String] {
        var worst: (text: String, by: Double)?
        var breaking = 0
        var beyond: (call: SDKCall, count: Int)?
        for call in calls {
            if call.gaps.count > ranges.count, beyond == nil { beyond = (call, call.gaps.count) }
            for (gap, range) in zip(call.gaps, ranges) {
                guard let seconds = gap.seconds else { continue }
                let (least, most) = (range.lowerBound.inSeconds, range.upperBound.inSeconds)
                let excess = max(least - seconds, seconds - most - GapBound.allowance)
                guard excess > 0 else { continue }
                breaking += 1
                if worst.map({ excess > $0.by }) ?? true {
                    let text =
                        "\(gap.place) came \(Figure.span(seconds)) after \(gap.before); expected "
                        + "\(Figure.span(least)) to \(Figure.span(most))"
                    worst = (text, excess)
                }
            }
        }
        var problems: [String] = []
        if let worst { problems.append(worst.text + (breaking > 1 ? " (and \(breaking - 1) more)" : "")) }
        if let beyond {
            problems.append(
                "call \(beyond.call.name) has \(beyond.count) gaps, \(ranges.count) are said: attempt "
                    + "\(beyond.call.gaps[ranges.count].later.attempt.number) came though none was expected")
        }
        return problems
    }
}
