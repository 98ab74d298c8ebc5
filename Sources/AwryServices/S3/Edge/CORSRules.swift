// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// A bucket's CORS configuration, and what it lets a browser do ("Using cross-origin resource sharing", Amazon S3 User
/// Guide: the first rule counts that allows origin, method and every header asked for).
public struct CORSRules: Sendable {
    private let rules: [Fields]

    /// The rules of `PutBucketCors`'s `CORSConfiguration`.
    init(_ configuration: Fields) {
        rules = configuration["CORSRules"]?.list?.compactMap(\.fields) ?? []
    }

    /// The response headers of a request from this origin; nil where no rule allows it. `asked` are the headers that a
    /// preflight names; an actual request names none.
    public func headers(origin: String, method: String, asked: [String]) -> [Header]? {
        for rule in rules {
            let origins = rule.texts("AllowedOrigins")
            guard let matched = origins.first(where: { Self.matches($0, origin) }),
                rule.texts("AllowedMethods").contains(method)
            else { continue }
            let allowed = rule.texts("AllowedHeaders").map { $0.lowercased() }
            guard asked.allSatisfy({ name in allowed.contains { Self.matches($0, name.lowercased()) } }) else {
                continue
            }
            return Self.headers(rule, matched: matched, origin: origin, asked: asked)
        }
        return nil
    }

    private static func headers(_ rule: Fields, matched: String, origin: String, asked: [String]) -> [Header] {
        // A rule for every origin says so; any other names the one that asked, and lets it send credentials.
        let isForAll = matched == "*"
        var headers = [
            Header("Access-Control-Allow-Origin", isForAll ? "*" : origin),
            Header("Access-Control-Allow-Methods", rule.texts("AllowedMethods").joined(separator: ", ")),
        ]
        if !asked.isEmpty {
            headers.append(
                Header("Access-Control-Allow-Headers", asked.map { $0.lowercased() }.joined(separator: ", ")))
        }
        let exposed = rule.texts("ExposeHeaders")
        if !exposed.isEmpty {
            headers.append(Header("Access-Control-Expose-Headers", exposed.joined(separator: ", ")))
        }
        if let age = rule["MaxAgeSeconds"]?.integer { headers.append(Header("Access-Control-Max-Age", "\(age)")) }
        if !isForAll { headers.append(Header("Access-Control-Allow-Credentials", "true")) }
        headers.append(Header("Vary", "Origin, Access-Control-Request-Headers, Access-Control-Request-Method"))
        return headers
    }

    /// A pattern has at most one `*`, which stands for any text.
    private static func matches(_ pattern: String, _ text: String) -> Bool {
        let (pattern, text) = (Array(pattern.utf8), Array(text.utf8))
        guard let star = pattern.firstIndex(of: UInt8(ascii: "*")) else { return pattern == text }
        let (start, end) = (pattern[..<star], pattern[(star + 1)...])
        return text.count >= start.count + end.count && text.starts(with: start)
            && text.suffix(end.count).elementsEqual(end)
    }
}
