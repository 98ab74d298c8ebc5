// SPDX-License-Identifier: Apache-2.0

/// Spans as reports tell them.
enum Figure {
    /// `0.21 ms`, `53.2 ms`, `1.254 s`: to three figures or the millisecond; `20 s` where it is even.
    static func span(_ seconds: Double) -> String {
        guard seconds.isFinite, seconds < 1e12 else { return "any time" }
        if seconds < 0.01 { return trimmed(seconds * 1e3, places: 2) + " ms" }
        if seconds < 0.9995 { return trimmed(seconds * 1e3, places: 1) + " ms" }
        return trimmed(seconds, places: 3) + " s"
    }

    /// `12.5 %`.
    static func percent(_ share: Double) -> String { trimmed(share * 100, places: 1) + " %" }

    /// A number of at most so many decimal places, without zeros at the end.
    private static func trimmed(_ number: Double, places: Int) -> String {
        var scale: Int64 = 1
        for _ in 0..<places { scale *= 10 }
        let scaled = Int64((number * Double(scale)).rounded())
        let (whole, rest) = scaled.quotientAndRemainder(dividingBy: scale)
        if rest == 0 { return "\(whole)" }
        let digits = String(rest)
        var decimals = String(repeating: "0", count: places - digits.count) + digits
        while decimals.hasSuffix("0") { decimals.removeLast() }
        return "\(whole).\(decimals)"
    }
}
