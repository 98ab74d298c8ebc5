// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Glibc

extension ModifierSpec.DelaySpec {
    /// No wait is longer: what a wide log-normal draws now and then would otherwise never end.
    static let longest = Duration.seconds(86_400)

    /// Whether every draw is the same.
    var isFixed: Bool { if case .fixed = self { true } else { false } }

    /// Draw `position` of this delay, at most a day, never negative.
    func drawn(from chance: Chance, at position: Int) -> Duration {
        switch self {
        case .fixed(let span):
            return min(max(span, .zero), Self.longest)
        case .uniform(let least, let most):
            let seconds = least.inSeconds + (most.inSeconds - least.inSeconds) * chance.unit(at: UInt64(position))
            return Self.span(seconds)
        case .logNormal(let median, let sigma):
            // Box and Muller's transform; 1 - u keeps the logarithm's argument above 0.
            let first = 1 - chance.unit(at: UInt64(position) &* 2)
            let second = chance.unit(at: UInt64(position) &* 2 &+ 1)
            let normal = sqrt(-2 * log(first)) * cos(2 * Double.pi * second)
            return Self.span(median.inSeconds * exp(sigma * normal))
        }
    }

    private static func span(_ seconds: Double) -> Duration {
        guard seconds > 0 else { return .zero }
        return .nanoseconds(Int64(min(seconds, longest.inSeconds) * 1_000_000_000))
    }
}

extension Duration {
    /// In whole milliseconds, rounded up.
    var inMillisecondsRoundedUp: Int64 {
        let (seconds, attoseconds) = components
        let bounded = min(max(seconds, -1_000_000_000_000), 1_000_000_000_000)
        return bounded * 1000 + (attoseconds > 0 ? (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000 : 0)
    }

    /// In whole seconds, rounded up.
    var inSecondsRoundedUp: Int64 {
        let (seconds, attoseconds) = components
        return attoseconds > 0 ? min(seconds, Int64.max - 1) + 1 : seconds
    }
}
