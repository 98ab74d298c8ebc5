// SPDX-License-Identifier: Apache-2.0

/// The characters from which samples of patterns are made, and sets of them.
enum PatternAlphabet {
    /// A set of characters, as a class of a regular expression gives it.
    struct Matcher {
        private var ranges: [ClosedRange<Unicode.Scalar>] = []
        private var inner: [Matcher] = []
        private var isNegated = false

        /// No character.
        init(_ ranges: [ClosedRange<Unicode.Scalar>] = []) {
            self.ranges = ranges
        }

        mutating func add(_ range: ClosedRange<Unicode.Scalar>) {
            ranges.append(range)
        }

        mutating func add(_ matcher: Matcher) {
            inner.append(matcher)
        }

        /// Its opposite, if `flag`.
        func negated(_ flag: Bool) -> Matcher {
            var matcher = self
            if flag { matcher.isNegated.toggle() }
            return matcher
        }

        func contains(_ scalar: Unicode.Scalar) -> Bool {
            let isIn = ranges.contains { $0.contains(scalar) } || inner.contains { $0.contains(scalar) }
            return isIn != isNegated
        }

        /// The first characters of its ranges, for sets outside ASCII.
        var starts: [Unicode.Scalar] { isNegated ? [] : ranges.map(\.lowerBound) }
    }

    static let digits = Matcher(["0"..."9"])
    static let word = Matcher(["a"..."z", "A"..."Z", "0"..."9", "_"..."_"])
    static let space = Matcher([" "..." ", "\t"..."\r"])

    /// The ASCII part of a Unicode property or POSIX class.
    static func property(_ name: String) -> Matcher {
        let letters: [ClosedRange<Unicode.Scalar>] = ["a"..."z", "A"..."Z"]
        return switch name {
        case "L", "Alpha", "alpha", "IsAlphabetic", "IsLetter", "M": Matcher(letters)
        case "Ll", "Lower", "lower": Matcher(["a"..."z"])
        case "Lu", "Upper", "upper": Matcher(["A"..."Z"])
        case "N", "Nd", "Digit", "digit", "IsDigit": digits
        case "Alnum", "alnum": Matcher(letters + ["0"..."9"])
        case "Z", "Zs", "Space", "space", "Blank", "blank": space
        case "P", "Punct", "punct", "Pd", "Pc", "S": Matcher(["-"..."-", "_"..."_", "!"..."/", ":"..."@"])
        case "XDigit", "xdigit": Matcher(["0"..."9", "a"..."f", "A"..."F"])
        case "C", "Cc", "Cntrl", "cntrl": Matcher(["\u{0}"..."\u{1F}"])
        default: Matcher([" "..."~"])
        }
    }

    /// Up to four characters of a set, the plainest first.
    static func preferred(_ matcher: Matcher) -> [Unicode.Scalar] {
        var found: [Unicode.Scalar] = []
        for scalar in plain where matcher.contains(scalar) {
            found.append(scalar)
            if found.count == 4 { return found }
        }
        return found.isEmpty ? Array(matcher.starts.prefix(4)) : found
    }

    /// One of each sort, then the rest of ASCII.
    private static let plain: [Unicode.Scalar] =
        Array("a1A-f0b_c.zZ9/:".unicodeScalars) + (0x20...0x7E).map { Unicode.Scalar(UInt8($0)) }
}
