// SPDX-License-Identifier: Apache-2.0

import AwryHTTP

/// Answers that wait for those after them, so that a few go out one after the other.
///
/// A client on the same machine that sleeps is woken by what is sent to it, which is a tenth of what an answer costs
/// the system; woken for the first of several, it is awake for the others. The program's code and the system's also
/// push each other out of the processor's caches less often.
struct HeldAnswers {
    /// So many answers wait at most: with what deciding one takes, a fraction of a millisecond.
    static let most = 16

    /// Whose they are, and their bytes; those from `count` on are kept for their memory.
    private var places: [(connection: Connection?, output: HTTPOutput)] = []
    private(set) var count = 0

    var isFull: Bool { count == Self.most }

    /// Takes what `output` holds for the connection, and leaves it empty.
    mutating func hold(_ output: inout HTTPOutput, for connection: Connection) {
        if count == places.count { places.append((nil, HTTPOutput())) }
        places[count].connection = connection
        swap(&output, &places[count].output)
        count += 1
    }

    /// Gives back into `output`, which is empty, what was held in this place, and says whose it is.
    mutating func release(_ place: Int, into output: inout HTTPOutput) -> Connection? {
        swap(&output, &places[place].output)
        return places[place].connection.take()
    }

    /// All were released.
    mutating func clear() { count = 0 }
}

extension Shard {
    /// Whether the connection's answer may wait for the next ones: nothing else is under way on it that could come in
    /// before, and it goes out in one piece.
    func mayHold(_ connection: Connection) -> Bool {
        guard holdsAnswers, case .none = connection.ending, connection.machine.waiting == .request else { return false }
        return connection.sendsAtOnce && output.isSmall
    }

    /// Sends the answers that wait for each other.
    func sendHeld() {
        for place in 0..<held.count {
            guard let connection = held.release(place, into: &output) else { continue }
            guard connections[Int(connection.slot)] === connection else {
                output.clear()
                continue
            }
            if flush(connection) { settle(connection) }
        }
        held.clear()
    }
}
