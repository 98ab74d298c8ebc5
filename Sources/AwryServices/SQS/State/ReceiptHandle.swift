// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// What names one receipt of one message: `AQEB…`, as SQS's handles begin.
struct ReceiptHandle: Hashable, Sendable {
    /// The queue's number among all that the sandbox ever made.
    let queue: UInt64
    /// The message's number in the queue.
    let message: UInt64
    /// Which receipt of it.
    let receipt: UInt32

    private static let mark: [UInt8] = [1, 1, 1]
    private static let length = 3 + 8 + 8 + 4 + 8

    init(queue: UInt64, message: UInt64, receipt: UInt32) {
        self.queue = queue
        self.message = message
        self.receipt = receipt
    }

    /// The receipt that a text names; nil where no queue gives out such a text.
    init?(_ text: String) {
        guard text.utf8.count < 1024, let bytes = Base64.decode(text.utf8), bytes.count == Self.length,
            bytes.starts(with: Self.mark)
        else { return nil }
        func number(_ range: Range<Int>) -> UInt64 { bytes[range].reduce(0) { $0 << 8 | UInt64($1) } }
        queue = number(3..<11)
        message = number(11..<19)
        receipt = UInt32(truncatingIfNeeded: number(19..<23))
        guard number(23..<31) == check else { return nil }
    }

    /// As clients see it.
    var text: String {
        var bytes = Self.mark
        for (number, count) in [(queue, 8), (message, 8), (UInt64(receipt), 4), (check, 8)] {
            for place in (0..<count).reversed() { bytes.append(UInt8(truncatingIfNeeded: number >> (place * 8))) }
        }
        return Base64.text(bytes)
    }

    /// Tells a handle from bytes that happen to be as long.
    private var check: UInt64 {
        Chance(seed: queue ^ UInt64(receipt) << 32).bits(at: message)
    }
}
