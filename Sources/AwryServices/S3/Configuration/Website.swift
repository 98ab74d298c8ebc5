// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// A bucket as a web site. What it serves is the website endpoint's affair.
extension S3 {
    static var getBucketWebsite: Handler? { getting(.website, orElse: "NoSuchWebsiteConfiguration") }
    static var deleteBucketWebsite: Handler? { removing(.website) }
    static var putBucketWebsite: Handler? { keeping(.website, "WebsiteConfiguration", checkWebsite) }

    /// At most so many routing rules (RoutingRule).
    private static let mostRoutingRules = 50

    private static func checkWebsite(_ document: InputReader, _ call: FakeCall) throws(WireError) {
        if let target = document.structure("RedirectAllRequestsTo") {
            if document.all.count > 1 {
                throw call.invalidArgument(
                    "RedirectAllRequestsTo cannot be provided in conjunction with other Routing Rules.",
                    "RedirectAllRequestsTo", "not null")
            }
            return try checkProtocol(target, call)
        }
        guard let suffix = document.structure("IndexDocument")?.text("Suffix") else {
            throw call.invalidArgument(
                "A value for IndexDocument Suffix must be provided if RedirectAllRequestsTo is empty", "IndexDocument",
                "null")
        }
        if suffix.isEmpty || suffix.contains("/") {
            throw call.invalidArgument("The IndexDocument Suffix is not well formed", "IndexDocument", suffix)
        }
        guard document["RoutingRules"] != nil else { return }
        let rules = document.structures("RoutingRules")
        guard (1...mostRoutingRules).contains(rules.count) else { throw call.malformedXML() }
        for rule in rules { try checkRouting(rule, call) }
    }

    private static func checkRouting(_ rule: InputReader, _ call: FakeCall) throws(WireError) {
        guard let redirect = rule.structure("Redirect"), !redirect.all.isEmpty else { throw call.malformedXML() }
        if redirect["ReplaceKeyPrefixWith"] != nil, redirect["ReplaceKeyWith"] != nil {
            throw call.invalidRequest("You can only define ReplaceKeyPrefix or ReplaceKey but not both.")
        }
        if let condition = rule.structure("Condition") {
            if condition.all.isEmpty {
                throw call.invalidRequest(
                    "Condition cannot be empty. To redirect all requests without a condition, the condition element "
                        + "shouldn't be present.")
            }
            if let code = condition.optionalText("HttpErrorCodeReturnedEquals"), !isStatus(code, 400...599) {
                throw call.invalidRequest(
                    "The provided HTTP error code (\(code)) is not valid. Valid codes are 4XX or 5XX.")
            }
        }
        if let code = redirect.optionalText("HttpRedirectCode"), !isStatus(code, 300...399) {
            throw call.invalidRequest(
                "The provided HTTP redirect code (\(code)) is not valid. Valid codes are 3XX except 300.")
        }
        try checkProtocol(redirect, call)
    }

    private static func isStatus(_ text: String, _ range: ClosedRange<Int>) -> Bool {
        Int(text).map { range.contains($0) && $0 != 300 } ?? false
    }

    private static func checkProtocol(_ target: InputReader, _ call: FakeCall) throws(WireError) {
        if let name = target.optionalText("Protocol"), name != "http", name != "https" {
            throw call.invalidRequest(
                "Invalid protocol, protocol can be http or https. If not defined the protocol will be selected "
                    + "automatically.")
        }
    }
}
