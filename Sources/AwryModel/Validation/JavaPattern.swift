// SPDX-License-Identifier: Apache-2.0

/// Writes the models' patterns, which are in Java's dialect (java.util.regex.Pattern), as PCRE2 reads them.
///
/// Differences that occur in the models: `\uXXXX` with surrogate pairs, classes like `\p{Print}` and
/// `\p{IsAlphabetic}`, and that `\w`, `\d` and `\s` mean ASCII in Java but all of Unicode in our PCRE2.
struct JavaPattern {
    private let text: [Unicode.Scalar]
    private var at = 0
    private var out = String.UnicodeScalarView()
    private var isInClass = false

    private init(_ pattern: String) {
        text = Array(pattern.unicodeScalars)
    }

    /// The pattern for PCRE2; nil where it uses what PCRE2 has no word for (intersections of classes, lone surrogates).
    static func translated(_ pattern: String) -> String? {
        guard pattern.utf8.contains(UInt8(ascii: "\\")) || pattern.contains("&&") else { return pattern }
        var translator = JavaPattern(pattern)
        return translator.run() ? String(translator.out) : nil
    }

    private mutating func run() -> Bool {
        var isFirstInClass = false
        while at < text.count {
            let scalar = text[at]
            if scalar == "\\" {
                guard escape() else { return false }
                isFirstInClass = false
                continue
            }
            at += 1
            if isInClass {
                if scalar == "&", next(0) == "&" { return false }
                if scalar == "]", !isFirstInClass { isInClass = false }
                if scalar == "^", isFirstInClass {
                    out.append(scalar)
                    continue
                }
                // `.-\w`: before a class a hyphen stands for itself, and must still do so before what replaces the
                // class.
                if scalar == "-", next(0) == "\\", let letter = next(1), "wdsWDSpP".unicodeScalars.contains(letter) {
                    out.append("\\")
                }
                isFirstInClass = false
            } else if scalar == "[" {
                isInClass = true
                isFirstInClass = true
            }
            out.append(scalar)
        }
        return true
    }

    private func next(_ offset: Int) -> Unicode.Scalar? {
        at + offset < text.count ? text[at + offset] : nil
    }

    private mutating func escape() -> Bool {
        guard let letter = next(1) else { return false }
        at += 2
        switch letter {
        case "u": return unicode()
        case "p", "P": return property(isNegated: letter == "P")
        case "w", "d", "s": return set(JavaPattern.ascii(letter), isNegated: false)
        case "W":
            return isInClass ? set(JavaPattern.notWord, isNegated: false) : set(JavaPattern.ascii("w"), isNegated: true)
        case "D":
            return isInClass
                ? set(JavaPattern.notDigit, isNegated: false) : set(JavaPattern.ascii("d"), isNegated: true)
        case "S":
            return isInClass
                ? set(JavaPattern.notSpace, isNegated: false) : set(JavaPattern.ascii("s"), isNegated: true)
        default:
            out.append("\\")
            out.append(letter)
            return true
        }
    }

    /// Appends a set: bare in a class, else with brackets of its own.
    private mutating func set(_ members: String, isNegated: Bool) -> Bool {
        if !isInClass { out.append(contentsOf: (isNegated ? "[^" : "[").unicodeScalars) }
        out.append(contentsOf: members.unicodeScalars)
        if !isInClass { out.append("]") }
        // `\w-.`: after a class a hyphen stands for itself.
        if isInClass, next(0) == "-", next(1) != "]" {
            out.append(contentsOf: "\\-".unicodeScalars)
            at += 1
        }
        return true
    }

    /// `\uXXXX`, whose first two characters were read; a high surrogate needs its low one.
    private mutating func unicode() -> Bool {
        guard let first = hexadecimal() else { return false }
        if let scalar = Unicode.Scalar(first) {
            out.append(contentsOf: "\\x{\(String(scalar.value, radix: 16))}".unicodeScalars)
            return true
        }
        guard first < 0xDC00, next(0) == "\\", next(1) == "u" else { return false }
        at += 2
        guard let second = hexadecimal(), (0xDC00..<0xE000).contains(second) else { return false }
        let whole = 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00)
        out.append(contentsOf: "\\x{\(String(whole, radix: 16))}".unicodeScalars)
        return true
    }

    private mutating func hexadecimal() -> UInt32? {
        guard at + 4 <= text.count else { return nil }
        var digits = String.UnicodeScalarView()
        digits.append(contentsOf: text[at..<(at + 4)])
        at += 4
        return UInt32(String(digits), radix: 16)
    }

    private mutating func property(isNegated: Bool) -> Bool {
        var name = String.UnicodeScalarView()
        if next(0) == "{" {
            guard let end = text[at...].firstIndex(of: "}") else { return false }
            name.append(contentsOf: text[(at + 1)..<end])
            at = end + 1
        } else if let letter = next(0) {
            name.append(letter)
            at += 1
        }
        guard let members = JavaPattern.properties[String(name)] else {
            // A property of Unicode, which PCRE2 names as Java does.
            return set("\\\(isNegated ? "P" : "p"){\(String(name))}", isNegated: false)
        }
        if isNegated, isInClass { return false }
        return set(members, isNegated: isNegated)
    }

    private static func ascii(_ letter: Unicode.Scalar) -> String {
        switch letter {
        case "w": "a-zA-Z0-9_"
        case "d": "0-9"
        default: #"\x20\x09-\x0d"#
        }
    }

    private static let notWord = #"\x{0}-\x2f\x3a-\x40\x5b-\x5e\x60\x7b-\x{10ffff}"#
    private static let notDigit = #"\x{0}-\x2f\x3a-\x{10ffff}"#
    private static let notSpace = #"\x{0}-\x08\x0e-\x1f\x21-\x{10ffff}"#

    /// Java's own names of classes ("POSIX character classes", "java.lang.Character classes").
    private static let properties: [String: String] = [
        "ASCII": #"\x{0}-\x7f"#, "Alnum": "a-zA-Z0-9", "Alpha": "a-zA-Z", "Blank": #"\x20\x09"#,
        "Cntrl": #"\x{0}-\x1f\x7f"#, "Digit": "0-9", "Graph": "!-~", "Lower": "a-z", "Print": #"\x20-~"#,
        "Punct": #"!-\x2f\x3a-@\x5b-`{-~"#, "Space": #"\x20\x09-\x0d"#, "Upper": "A-Z", "XDigit": "0-9a-fA-F",
        "IsAlphabetic": #"\p{L}\p{M}\p{Nl}"#, "IsWhitespace": #"\s"#, "LD": #"\p{L}\p{Nd}"#,
        "all": #"\x{0}-\x{10ffff}"#,
    ]
}
