// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// A bucket's website configuration ("Hosting a static website using Amazon S3", Amazon S3 User Guide).
public struct WebsiteRules: Sendable {
    /// Where a visitor is sent instead.
    public struct Redirect: Sendable, Equatable {
        /// 301 unless the rule says otherwise.
        public var status: Int
        /// nil keeps the request's.
        public var scheme: String?
        /// nil keeps the request's.
        public var host: String?
        /// The key there, not yet encoded.
        public var key: String
    }

    private let configuration: Fields

    /// `PutBucketWebsite`'s `WebsiteConfiguration`.
    init(_ configuration: Fields) {
        self.configuration = configuration
    }

    /// The document that stands for a folder.
    public var indexSuffix: String? { configuration["IndexDocument"]?.fields?["Suffix"]?.string }

    /// The object that is shown in the place of an error.
    public var errorKey: String? { configuration["ErrorDocument"]?.fields?["Key"]?.string }

    /// The key that a path asks for: a folder's is its index document's.
    public func key(for path: String) -> String {
        path.isEmpty || path.hasSuffix("/") ? path + (indexSuffix ?? "") : path
    }

    /// Where every request is sent, or one of this key that came to this status (200 before the object was looked for).
    public func redirect(of key: String, status: Int) -> Redirect? {
        if let all = configuration["RedirectAllRequestsTo"]?.fields {
            return Redirect(status: 301, scheme: all["Protocol"]?.string, host: all["HostName"]?.string, key: key)
        }
        for rule in configuration["RoutingRules"]?.list?.compactMap(\.fields) ?? [] {
            let condition = rule["Condition"]?.fields ?? [:]
            let prefix = condition["KeyPrefixEquals"]?.string ?? ""
            let wanted = condition["HttpErrorCodeReturnedEquals"]?.string.flatMap { Int($0) }
            guard key.hasPrefix(prefix), wanted ?? 200 == status, let redirect = rule["Redirect"]?.fields else {
                continue
            }
            var target = key
            if let whole = redirect["ReplaceKeyWith"]?.string {
                target = whole
            } else if let start = redirect["ReplaceKeyPrefixWith"]?.string {
                target = start + key.dropFirst(prefix.count)
            }
            return Redirect(
                status: redirect["HttpRedirectCode"]?.string.flatMap { Int($0) } ?? 301,
                scheme: redirect["Protocol"]?.string, host: redirect["HostName"]?.string, key: target)
        }
        return nil
    }
}
