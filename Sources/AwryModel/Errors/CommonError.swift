// SPDX-License-Identifier: Apache-2.0

/// An error that every AWS service may send, under its two usual spellings.
public struct CommonError: Sendable, Hashable {
    /// As query and rest-xml services spell it; nil where they know no such error.
    public let xmlCode: String?
    /// Its status there.
    public let xmlStatus: Int?
    /// As JSON services spell it; nil where they know no such error.
    public let jsonCode: String?
    /// Its status there; rest-json may differ.
    public let jsonStatus: Int?
    /// AWS's usual text, a template.
    public let message: String

    /// All of them.
    public static let all: [CommonError] = ErrorFamily.all.map { family in
        CommonError(
            xmlCode: family.xml?.code, xmlStatus: family.xml?.status, jsonCode: family.json?.code,
            jsonStatus: family.json?.status,
            message: family.message.replacing("%ACTION%", with: "${service}:${operation}"))
    }
}
