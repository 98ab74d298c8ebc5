// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryPolicy

/// A bucket's policy: kept as the text that was put.
extension S3 {
    static var getBucketPolicy: Handler? { getting(.policy, orElse: "NoSuchBucketPolicy") }
    static var deleteBucketPolicy: Handler? { removing(.policy) }

    static var putBucketPolicy: Handler? {
        { (state, call) throws(WireError) in
            let index = try state.index(of: call)
            let text = call.members.text("Policy")
            let bucket = state.buckets.values[index]
            let policy = try BucketPolicyReading(call, bucket).policy(text)
            if bucket.blocks("BlockPublicPolicy"), policy.isPublic {
                throw call.accessDenied(
                    "User is not authorized to perform: s3:PutBucketPolicy on resource: \"\(bucket.arn)\" because "
                        + "public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.")
            }
            state.buckets.values[index].configuration[.policy] = ["Policy": .string(text)]
            return .output([:])
        }
    }

    static var getBucketPolicyStatus: Handler? {
        { (state, call) throws(WireError) in
            let bucket = state.buckets.values[try state.index(of: call)]
            guard let text = bucket.configuration[.policy]?["Policy"]?.string else {
                throw call.lacking("NoSuchBucketPolicy", bucket.name)
            }
            let isPublic = try BucketPolicyReading(call, bucket).policy(text).isPublic
            return .output(["PolicyStatus": ["IsPublic": .bool(isPublic)]])
        }
    }
}

/// What S3 asks of a policy before it keeps it, in its words.
struct BucketPolicyReading {
    let call: FakeCall
    let bucket: Bucket

    init(_ call: FakeCall, _ bucket: Bucket) {
        self.call = call
        self.bucket = bucket
    }

    /// The policy of a text.
    func policy(_ text: String) throws(WireError) -> BucketPolicy {
        let longest = PolicyKind.Limit.bucketPolicy
        guard text.utf8.count <= longest else {
            throw malformed("Normalized policy document exceeds the maximum allowed size of \(longest) bytes.")
        }
        guard text.utf8.first == UInt8(ascii: "{"), let document = try? JSON.parse(text).fields else {
            throw malformed("Policies must be valid JSON and the first byte must be '{'")
        }
        if let version = document["Version"], version != "2012-10-17", version != "2008-10-17" {
            throw malformed("The policy must contain a valid version string")
        }
        let statements = Self.listed(document["Statement"])
        guard !statements.isEmpty else { throw malformed("Missing required field Statement") }
        for statement in statements { try check(statement) }
        // What S3 has no check of its own for: operators, statements' names, the form of conditions.
        do throws(PolicyMistake) {
            _ = try Policy(text, as: .resource)
        } catch {
            throw malformed(error.s3Message)
        }
        return BucketPolicy(statements: statements.compactMap(\.fields))
    }

    private func check(_ statement: Value) throws(WireError) {
        guard let fields = statement.fields else { throw malformed("Statement is not a JSON object") }
        for name in fields.names where !Self.elements.contains(name) { throw malformed("Unknown field \(name)") }
        guard let effect = fields["Effect"]?.string else { throw malformed("Missing required field Effect") }
        if effect != "Allow", effect != "Deny" { throw malformed("Invalid effect: \(effect)") }
        try checkOne(of: "Principal", "NotPrincipal", fields)
        try checkOne(of: "Action", "NotAction", fields)
        try checkOne(of: "Resource", "NotResource", fields)
        try check(principal: fields["Principal"] ?? fields["NotPrincipal"])
        for action in Self.listed(fields["Action"] ?? fields["NotAction"]) {
            guard let text = action.string, text == "*" || text.lowercased().hasPrefix("s3:") else {
                throw malformed("Policy has invalid action")
            }
        }
        for resource in Self.listed(fields["Resource"] ?? fields["NotResource"]) {
            guard let text = resource.string, isOwn(text) else { throw malformed("Policy has invalid resource") }
        }
        if let condition = fields["Condition"], condition.fields == nil {
            throw malformed("Policy has an invalid condition")
        }
    }

    private static let elements: Set<String> = [
        "Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition",
    ]

    private func checkOne(of name: String, _ negated: String, _ fields: Fields) throws(WireError) {
        switch (fields[name], fields[negated]) {
        case (nil, nil): throw malformed("Missing required field \(name)")
        case (.some, .some): throw malformed("Statement has both \(name) and \(negated)")
        case (let given?, nil), (nil, let given?):
            if Self.listed(given).isEmpty { throw malformed("Missing required field \(name)") }
        }
    }

    private func check(principal: Value?) throws(WireError) {
        if principal == "*" { return }
        guard let kinds = principal?.fields, !kinds.isEmpty else { throw malformed("Invalid principal in policy") }
        for (kind, value) in kinds {
            for text in Self.listed(value) {
                guard let text = text.string, !text.isEmpty, Self.isPrincipal(text, of: kind) else {
                    throw malformed("Invalid principal in policy")
                }
            }
        }
    }

    private static func isPrincipal(_ text: String, of kind: String) -> Bool {
        switch kind {
        case "AWS":
            if text == "*" || AccountID.isValid(text) { return true }
            // An ARN, or the id that stands for somebody who is gone.
            return text.hasPrefix("arn:aws") || text.hasPrefix("AIDA") || text.hasPrefix("AROA")
        case "Service", "Federated", "CanonicalUser": return true
        default: return false
        }
    }

    /// Whether a resource is this bucket or objects of it.
    private func isOwn(_ resource: String) -> Bool {
        guard let arn = ARN(resource), arn.service == "s3" || arn.service == "s3express" else { return false }
        let place = arn.resource.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        let name = place[0] == "bucket" && place.count > 1 ? place[1] : place[0]
        return Glob(String(name)).matches(bucket.name)
    }

    private func malformed(_ message: String) -> WireError { call.refusal("MalformedPolicy", message: message) }

    /// What stands alone, or in a list.
    static func listed(_ value: Value?) -> [Value] {
        if let list = value?.list { return list }
        return value.map { [$0] } ?? []
    }
}

/// A policy, as far as it lets the public in.
struct BucketPolicy {
    let statements: [Fields]

    init(statements: [Fields]) {
        self.statements = statements
    }

    /// One that was read before it was kept.
    init(kept text: String) {
        let document = try? JSON.parse(text).fields
        statements = BucketPolicyReading.listed(document?["Statement"]).compactMap(\.fields)
    }

    /// Conditions on these keys keep the public out ("The meaning of 'public'").
    private static let bounds: Set<String> = [
        "aws:sourceip", "aws:sourcearn", "aws:sourcevpc", "aws:sourcevpce", "aws:sourceowner", "aws:sourceaccount",
        "aws:userid", "aws:principalorgid", "aws:principalorgpaths", "aws:principalaccount", "aws:principalarn",
        "s3:x-amz-server-side-encryption-aws-kms-key-id", "s3:dataaccesspointarn", "s3:dataaccesspointaccount",
    ]

    /// Whether some statement lets everybody do something.
    var isPublic: Bool { statements.contains(where: Self.isPublic) }

    private static func isPublic(_ statement: Fields) -> Bool {
        guard statement["Effect"] == "Allow" else { return false }
        // Who is not shut out may come in.
        let isOpen = statement["NotPrincipal"] != nil || isEverybody(statement["Principal"])
        return isOpen && !isBound(statement["Condition"]?.fields ?? [:])
    }

    private static func isEverybody(_ principal: Value?) -> Bool {
        if principal == "*" { return true }
        return BucketPolicyReading.listed(principal?.fields?["AWS"]).contains("*")
    }

    /// Whether a condition holds one of the keys to fixed values: none with a wildcard, and no address range that is
    /// wider than a network of 2^24 hosts.
    private static func isBound(_ condition: Fields) -> Bool {
        for (_, keys) in condition {
            for (key, values) in keys.fields ?? [:] where bounds.contains(key.lowercased()) {
                let texts = BucketPolicyReading.listed(values).compactMap(\.string)
                if !texts.isEmpty, texts.allSatisfy(isFixed) { return true }
            }
        }
        return false
    }

    private static func isFixed(_ text: String) -> Bool {
        if text.contains("*") || text.contains("?") || text.contains("${") { return false }
        guard let slash = text.lastIndex(of: "/"), let bits = Int(text[text.index(after: slash)...]) else {
            return true
        }
        return bits >= 8
    }
}
