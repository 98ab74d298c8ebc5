// SPDX-License-Identifier: Apache-2.0

/// Unpacks bzip2 a block at a time: Huffman codes over moves to the front over a sorted rotation over runs, as Julian
/// Seward's program writes it.
public struct Bunzip2: Sendable {
    /// The bytes are no bzip2, or are damaged.
    public struct Mistake: Error, Sendable, Hashable {}

    private static let blockMagic: UInt64 = 0x3141_5926_5359
    private static let endMagic: UInt64 = 0x1772_4538_5090

    private var input: ArraySlice<UInt8> = []
    private var bits: UInt64 = 0
    private var bitCount = 0
    private var blockBytes = 0

    /// At the first byte.
    public init() {}

    /// The next block's bytes; nil at the end. `more` gives the next packed bytes.
    public mutating func next(_ more: () -> ArraySlice<UInt8>?) throws(Mistake) -> [UInt8]? {
        while true {
            if blockBytes == 0 {
                guard refill(8, more) else { return nil }
                guard try take(24, more) == 0x42_5A68 else { throw Mistake() }
                let level = try take(8, more)
                guard (0x31...0x39).contains(level) else { throw Mistake() }
                blockBytes = Int(level - 0x30) * 100_000
            }
            let magic = try take(24, more) << 24 | (try take(24, more))
            let sum = UInt32(truncatingIfNeeded: try take(32, more))
            if magic == Self.endMagic {
                // Streams may follow one another; each begins at a byte's beginning.
                bitCount -= bitCount % 8
                blockBytes = 0
                continue
            }
            guard magic == Self.blockMagic else { throw Mistake() }
            let block = try Self.withoutRuns(try rotated(more))
            guard Self.checksum(block) == sum else { throw Mistake() }
            return block
        }
    }

    // MARK: Bits

    private mutating func refill(_ count: Int, _ more: () -> ArraySlice<UInt8>?) -> Bool {
        while bitCount < count {
            if input.isEmpty {
                guard let next = more(), !next.isEmpty else { return false }
                input = next
            }
            bits = bits << 8 | UInt64(input.removeFirst())
            bitCount += 8
        }
        return true
    }

    private mutating func take(_ count: Int, _ more: () -> ArraySlice<UInt8>?) throws(Mistake) -> UInt64 {
        guard refill(count, more) else { throw Mistake() }
        bitCount -= count
        return bits >> UInt64(bitCount) & (1 << UInt64(count) - 1)
    }

    // MARK: A block

    /// The bytes before the rotations were sorted.
    private mutating func rotated(_ more: () -> ArraySlice<UInt8>?) throws(Mistake) -> [UInt8] {
        // Randomised blocks were given up before 1.0.
        guard try take(1, more) == 0 else { throw Mistake() }
        let origin = Int(try take(24, more))
        var symbols: [UInt8] = []
        let groups = try take(16, more)
        for high in 0..<16 where groups >> UInt64(15 - high) & 1 == 1 {
            let used = try take(16, more)
            for low in 0..<16 where used >> UInt64(15 - low) & 1 == 1 { symbols.append(UInt8(high << 4 | low)) }
        }
        guard !symbols.isEmpty else { throw Mistake() }
        let (trees, selectors) = try codes(symbols.count + 2, more)
        let last = try symbolsMoved(symbols, trees, selectors, more)
        guard origin < last.count else { throw Mistake() }
        return Self.unsorted(last, from: origin)
    }

    private mutating func codes(
        _ alphabet: Int, _ more: () -> ArraySlice<UInt8>?
    ) throws(Mistake) -> (trees: [HuffmanTree], selectors: [UInt8]) {
        let treeCount = Int(try take(3, more))
        let selectorCount = Int(try take(15, more))
        guard (2...6).contains(treeCount), selectorCount > 0 else { throw Mistake() }
        var order = (0..<UInt8(treeCount)).map { $0 }
        var selectors: [UInt8] = []
        for _ in 0..<selectorCount {
            var place = 0
            while try take(1, more) == 1 { place += 1; if place >= treeCount { throw Mistake() } }
            let chosen = order.remove(at: place)
            order.insert(chosen, at: 0)
            selectors.append(chosen)
        }
        var trees: [HuffmanTree] = []
        for _ in 0..<treeCount {
            var length = Int(try take(5, more))
            var lengths: [Int] = []
            for _ in 0..<alphabet {
                while true {
                    guard (1...20).contains(length) else { throw Mistake() }
                    if try take(1, more) == 0 { break }
                    length += try take(1, more) == 0 ? 1 : -1
                }
                lengths.append(length)
            }
            trees.append(HuffmanTree(lengths))
        }
        return (trees, selectors)
    }

    /// The last column of the sorted rotations.
    private mutating func symbolsMoved(
        _ symbols: [UInt8], _ trees: [HuffmanTree], _ selectors: [UInt8], _ more: () -> ArraySlice<UInt8>?
    ) throws(Mistake) -> [UInt8] {
        var front = symbols
        var out: [UInt8] = []
        let end = symbols.count + 1
        var run = 0
        var weight = 1
        var (group, left) = (0, 0)
        while true {
            if left == 0 {
                guard group < selectors.count else { throw Mistake() }
                group += 1
                left = 50
            }
            left -= 1
            let symbol = try decode(trees[Int(selectors[group - 1])], more)
            if symbol < 2 {
                // A run's length in digits of one and two.
                guard weight <= blockBytes else { throw Mistake() }
                run += weight << symbol
                weight <<= 1
                continue
            }
            if run > 0 {
                guard out.count + run <= blockBytes else { throw Mistake() }
                out.append(contentsOf: repeatElement(front[0], count: run))
                (run, weight) = (0, 1)
            }
            if symbol == end { return out }
            guard out.count < blockBytes, symbol - 1 < front.count else { throw Mistake() }
            let byte = front.remove(at: symbol - 1)
            front.insert(byte, at: 0)
            out.append(byte)
        }
    }

    private mutating func decode(_ tree: HuffmanTree, _ more: () -> ArraySlice<UInt8>?) throws(Mistake) -> Int {
        var code = 0
        for length in 1...20 {
            code = code << 1 | Int(try take(1, more))
            if let symbol = tree.symbol(code, length) { return symbol }
        }
        throw Mistake()
    }

    /// Walks the rotations in the order of the text.
    private static func unsorted(_ last: [UInt8], from origin: Int) -> [UInt8] {
        var starts = [Int](repeating: 0, count: 257)
        for byte in last { starts[Int(byte) + 1] += 1 }
        for value in 1...256 { starts[value] += starts[value - 1] }
        var next = [Int32](repeating: 0, count: last.count)
        for (index, byte) in last.enumerated() {
            next[starts[Int(byte)]] = Int32(index)
            starts[Int(byte)] += 1
        }
        var out: [UInt8] = []
        out.reserveCapacity(last.count)
        var at = Int(next[origin])
        for _ in last {
            out.append(last[at])
            at = Int(next[at])
        }
        return out
    }

    /// Four equal bytes are followed by how many more of them there were.
    private static func withoutRuns(_ bytes: [UInt8]) throws(Mistake) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        var equal = 0
        for byte in bytes {
            if equal == 4, let last = out.last {
                out.append(contentsOf: repeatElement(last, count: Int(byte)))
                equal = 0
                continue
            }
            equal = out.last == byte && equal > 0 ? equal + 1 : 1
            out.append(byte)
        }
        return out
    }

    /// CRC-32, most significant bit first.
    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        var sum = UInt32.max
        for byte in bytes { sum = sum << 8 ^ table[Int(UInt8(truncatingIfNeeded: sum >> 24) ^ byte)] }
        return ~sum
    }

    private static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index) << 24) { value, _ in value & 1 << 31 == 0 ? value << 1 : value << 1 ^ 0x04C1_1DB7 }
    }
}

/// Codes by their lengths: those of one length are numbers in a row.
private struct HuffmanTree: Sendable {
    private var first = [Int](repeating: 0, count: 22)
    private var count = [Int](repeating: 0, count: 22)
    private var offset = [Int](repeating: 0, count: 22)
    private var symbols: [Int] = []

    init(_ lengths: [Int]) {
        for length in lengths { count[length] += 1 }
        var code = 0
        for length in 1...20 {
            first[length] = code
            offset[length] = symbols.count
            for (symbol, own) in lengths.enumerated() where own == length { symbols.append(symbol) }
            code = (code + count[length]) << 1
        }
    }

    func symbol(_ code: Int, _ length: Int) -> Int? {
        let place = code - first[length]
        return place >= 0 && place < count[length] ? symbols[offset[length] + place] : nil
    }
}
