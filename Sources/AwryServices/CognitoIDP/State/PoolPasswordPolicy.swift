// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// What a pool wants of passwords, with the values that AWS takes where none are given.
struct PoolPasswordPolicy: Sendable {
    var minimumLength: Int64 = 8
    var requiresUppercase = true
    var requiresLowercase = true
    var requiresNumbers = true
    var requiresSymbols = true
    var temporaryDays: Int64 = 7
    var historySize: Int64 = 0

    /// What counts as a symbol ("Adding user pool password requirements").
    private static let symbols = Set("^$*.[]{}()?\"!@#%&/\\,><':;|_~`=+- ".unicodeScalars)

    init() {}

    /// The policy that a `PasswordPolicy` structure says; what it leaves out is not required.
    init(_ fields: Fields) {
        minimumLength = fields["MinimumLength"]?.integer ?? 6
        requiresUppercase = fields["RequireUppercase"]?.bool ?? false
        requiresLowercase = fields["RequireLowercase"]?.bool ?? false
        requiresNumbers = fields["RequireNumbers"]?.bool ?? false
        requiresSymbols = fields["RequireSymbols"]?.bool ?? false
        temporaryDays = fields["TemporaryPasswordValidityDays"]?.integer ?? 7
        historySize = fields["PasswordHistorySize"]?.integer ?? 0
    }

    var described: Value {
        var fields: Fields = [
            "MinimumLength": .integer(minimumLength), "RequireUppercase": .bool(requiresUppercase),
            "RequireLowercase": .bool(requiresLowercase), "RequireNumbers": .bool(requiresNumbers),
            "RequireSymbols": .bool(requiresSymbols), "TemporaryPasswordValidityDays": .integer(temporaryDays),
        ]
        if historySize > 0 { fields["PasswordHistorySize"] = .integer(historySize) }
        return .structure(fields)
    }

    /// What a password lacks, in the words that follow "Password did not conform with policy: "; nil where it will do.
    func lack(of password: String) -> String? {
        let letters = password.unicodeScalars
        if letters.count < minimumLength { return "Password not long enough" }
        func has(_ range: ClosedRange<Unicode.Scalar>) -> Bool { letters.contains { range.contains($0) } }
        if requiresLowercase, !has("a"..."z") { return "Password must have lowercase characters" }
        if requiresUppercase, !has("A"..."Z") { return "Password must have uppercase characters" }
        if requiresNumbers, !has("0"..."9") { return "Password must have numeric characters" }
        if requiresSymbols, !letters.contains(where: Self.symbols.contains) {
            return "Password must have symbol characters"
        }
        return nil
    }
}
