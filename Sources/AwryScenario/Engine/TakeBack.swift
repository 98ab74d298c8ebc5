// SPDX-License-Identifier: Apache-2.0

/// What the rules that fired for one request changed, for a request whose answer comes from the operation: if that
/// refuses, they have not fired.
///
/// Positions, tokens and draws stay used: they belong to the request, not to the firing.
public struct TakeBack: Sendable {
    /// A rule's firing, and whose counters hold it.
    struct Fired: Sendable {
        let life: SlotLife
        let place: Firing.Place
    }

    /// A scenario's move to another state.
    struct Move: Sendable {
        /// The move's number, which no other has.
        let number: UInt64
        /// The state before.
        let from: String
        /// The number of the move that had led there.
        let before: UInt64
    }

    var fired: [Fired]
    var moves: [Move]
}

/// Tells the counters of a rule from those that it had before a reset: an identity, and nothing else.
final class SlotLife: Sendable {}

extension EngineState {
    /// Takes firings back. Rules that were removed or reset since, and states that have moved on, stay as they are.
    mutating func takeBack(_ firings: TakeBack) {
        for fired in firings.fired {
            if let index = adHoc.slots.firstIndex(where: { $0.life === fired.life }) {
                adHoc.slots[index].takeBack(fired.place)
                continue
            }
            for group in scenarios.indices {
                guard let index = scenarios[group].slots.firstIndex(where: { $0.life === fired.life }) else { continue }
                scenarios[group].slots[index].takeBack(fired.place)
                break
            }
        }
        for move in firings.moves.reversed() {
            if adHoc.undo(move) { continue }
            for group in scenarios.indices where scenarios[group].undo(move) { break }
        }
    }
}

extension RuleGroup {
    /// Goes back to the state before a move, if that was the last; whether it was.
    fileprivate mutating func undo(_ move: TakeBack.Move) -> Bool {
        guard lastMove == move.number else { return false }
        state = move.from
        lastMove = move.before
        return true
    }
}

extension RuleCounters {
    /// Firings that stand.
    var standing: Int { fired - returned.count }

    /// Counts a firing and gives its number from 0: the lowest that was taken back, else the next.
    mutating func fire() -> Int {
        if !returned.isEmpty { return returned.removeFirst() }
        fired += 1
        return fired - 1
    }

    /// Gives a firing's number to the next one.
    mutating func takeBack(_ number: Int) {
        returned.insert(number, at: returned.firstIndex { $0 > number } ?? returned.count)
        while let last = returned.last, last == fired - 1 {
            returned.removeLast()
            fired -= 1
        }
    }
}
