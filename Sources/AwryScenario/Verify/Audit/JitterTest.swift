// SPDX-License-Identifier: Apache-2.0

/// Whether gaps are shorter, or more alike, than full jitter makes them.
///
/// A wait that is drawn from 0 to its bound may be as short as can be, so one gap proves nothing. Of five or more, the
/// mean under a fifth of the bound does, where chance gives that to less than one client in a thousand (with nine gaps
/// that follows; five must be under 13 %). So do gaps that do not vary.
struct JitterTest {
    /// A gap, and what its wait should be drawn below, in seconds.
    typealias Sample = (gap: SDKCall.Gap, seconds: Double, bound: Double)

    private static let fewest = 5
    private static let share = 0.2
    private static let chance = 0.001
    /// How far apart gaps lie that do not vary: this part of their mean, or of their bounds. Of five that full jitter
    /// draws, it puts three in 100,000 so close.
    private static let spread = 0.05

    let samples: [Sample]

    init(_ gaps: [SDKCall.Gap], by rules: RetryRuleSet) {
        samples = gaps.compactMap { gap in
            guard let seconds = gap.seconds, let bound = rules.drawnBelow(gap), bound > 0 else { return nil }
            return (gap, seconds, bound)
        }
    }

    /// What is wrong; nil where nothing is, or there are too few gaps to tell.
    func problem(of rules: String) -> String? {
        guard samples.count >= Self.fewest else { return nil }
        let shares = samples.map { $0.seconds / $0.bound }
        let mean = shares.reduce(0, +) / Double(shares.count)
        if mean < Self.share, Self.likelihood(sum: mean * Double(shares.count), of: shares.count) <= Self.chance {
            return tooFast(mean, of: rules)
        }
        return unvarying(shares, of: rules)
    }

    private func tooFast(_ mean: Double, of rules: String) -> String? {
        guard let shortest = samples.min(by: { $0.seconds < $1.seconds }) else { return nil }
        let average = samples.reduce(0) { $0 + $1.seconds } / Double(samples.count)
        return
            "too fast: \(samples.count) gaps last \(Figure.span(average)) in the mean, \(Figure.percent(mean)) of what "
            + "\(rules) may wait, where chance makes it half; the shortest is \(Figure.span(shortest.seconds)) of "
            + "\(Figure.span(shortest.bound)), \(shortest.gap.place)"
    }

    private func unvarying(_ shares: [Double], of rules: String) -> String? {
        let spans = samples.map(\.seconds)
        guard let least = spans.min(), let most = spans.max(), let low = shares.min(), let high = shares.max() else {
            return nil
        }
        let average = spans.reduce(0, +) / Double(spans.count)
        guard most - least <= average * Self.spread || high - low <= Self.spread,
            let longest = samples.max(by: { $0.seconds < $1.seconds })
        else { return nil }
        return
            "no jitter: \(samples.count) gaps do not vary as those of \(rules) do; they last \(Figure.span(least)) to "
            + "\(Figure.span(most)), \(Figure.percent(low)) to \(Figure.percent(high)) of what it may wait; the "
            + "longest is \(longest.gap.place)"
    }

    /// A bound on the chance that the sum of so many numbers, each drawn evenly from 0 to 1, is no greater: the volume
    /// of a simplex, sum^n / n!, of which the cube cuts off a part.
    static func likelihood(sum: Double, of count: Int) -> Double {
        (1...max(count, 1)).reduce(1) { $0 * sum / Double($1) }
    }
}
