// SPDX-License-Identifier: Apache-2.0

/// A token bucket: it gains `rate` tokens a second, holds at most `burst`, and starts full. Plain state: whoever owns
/// it hands in the time.
public struct TokenBucket: Sendable, Hashable {
    /// Tokens gained a second.
    public let rate: Double
    /// The most it holds.
    public let burst: Double
    /// What it held when it was last looked at; below zero where more was spent than it held.
    private var held: Double
    private var filled: Timestamp

    /// A full bucket. One that holds anything holds a whole token, for else it would never let anybody pass.
    public init(rate: Double, burst: Double, at now: Timestamp) {
        self.rate = rate
        self.burst = burst > 0 ? max(1, burst) : 0
        held = self.burst
        filled = now
    }

    /// Whether it holds so many tokens now. What asks for more than it can ever hold is let through when it is full.
    public mutating func holds(_ tokens: Double, at now: Timestamp) -> Bool {
        // A clock that was set back fills nothing; it fills again from there.
        if now > filled { held = min(burst, held + (now - filled).inSeconds * rate) }
        filled = now
        return burst > 0 && held >= min(tokens, burst)
    }

    /// Whether it holds all that it can.
    public mutating func isFull(at now: Timestamp) -> Bool { holds(burst, at: now) }

    /// Spends tokens, also such as it does not hold.
    public mutating func spend(_ tokens: Double) {
        held -= tokens
    }

    /// Takes a token if it holds one.
    public mutating func take(at now: Timestamp) -> Bool {
        guard holds(1, at: now) else { return false }
        spend(1)
        return true
    }
}
