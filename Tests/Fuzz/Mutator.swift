// SPDX-License-Identifier: Apache-2.0

/// Changes inputs, the same way for the same seed.
struct Mutator {
    /// SplitMix64.
    struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    static let longest = 8 << 10
    private static let telling: [UInt8] = [
        0, 1, 9, 10, 13, 32, 34, 38, 44, 45, 47, 48, 57, 58, 59, 60, 62, 92, 123, 127, 255,
    ]

    private var generator: Generator
    private let dictionary: [[UInt8]]

    init(seed: UInt64, dictionary: [String]) {
        generator = Generator(state: seed)
        self.dictionary = dictionary.map { Array($0.utf8) }
    }

    /// One of the corpus, changed one to eight times.
    mutating func input(from corpus: [[UInt8]]) -> [UInt8] {
        var bytes = corpus.randomElement(using: &generator) ?? []
        for _ in 0..<(1 << below(4)) {
            mutate(&bytes, corpus)
            if bytes.count > Self.longest { bytes.removeSubrange(Self.longest...) }
        }
        return bytes
    }

    private mutating func mutate(_ bytes: inout [UInt8], _ corpus: [[UInt8]]) {
        let place = below(bytes.count + 1)
        switch below(9) {
        case 0 where place < bytes.count: bytes[place] ^= 1 << UInt8(below(8))
        case 1 where place < bytes.count: bytes[place] = UInt8(truncatingIfNeeded: below(256))
        case 2 where place < bytes.count: bytes[place] = Self.telling.randomElement(using: &generator) ?? 0
        case 3: bytes.insert(Self.telling.randomElement(using: &generator) ?? 0, at: place)
        case 4: bytes.removeSubrange(span(bytes, place))
        case 5:
            let piece = bytes[span(bytes, place)]
            for _ in 0..<(1 + below(4)) { bytes.insert(contentsOf: piece, at: place) }
        case 6:
            let other = corpus.randomElement(using: &generator) ?? []
            bytes.insert(contentsOf: other[span(other, below(other.count + 1))], at: place)
        case 7: bytes.removeSubrange(place...)
        default: bytes.insert(contentsOf: dictionary.randomElement(using: &generator) ?? [], at: place)
        }
    }

    private mutating func span(_ bytes: [UInt8], _ start: Int) -> Range<Int> {
        start..<min(bytes.count, start + 1 + below(below(4) == 0 ? 1024 : 16))
    }

    private mutating func below(_ bound: Int) -> Int { bound <= 1 ? 0 : Int.random(in: 0..<bound, using: &generator) }
}
