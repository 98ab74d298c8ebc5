// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Settings of which a bucket may have up to a thousand, each with an id of its own.
struct NamedDocument: Sendable {
    let kind: BucketConfiguration.Kind
    /// The member that carries one, in inputs and outputs.
    let member: String
    /// The member that carries a page of them.
    let listed: String

    /// The most of a kind.
    static let most = 1000
    /// How many a page holds.
    static let pageSize = 100

    /// Whether a text can be an id: 64 letters, digits, dots, underlines and hyphens.
    private static func isID(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
                    return true
                default: return false
                }
            }
    }

    /// Keeps one.
    func putting(_ check: @escaping S3.DocumentCheck = { _, _ in }) -> S3.Handler {
        { (state, call) throws(WireError) in
            let index = try state.index(of: call)
            let document = try call.document(member)
            let id = call.members.text("Id")
            guard document.text("Id") == id else { throw call.refusal("IdMismatch") }
            guard Self.isID(id) else { throw call.refusal("InvalidConfigurationId") }
            if let filter = document.structure("Filter") { try S3.checkFilter(filter, call) }
            try check(document, call)
            let kept = state.buckets.values[index].configuration
            if kept[kind, id] == nil, kept.all(kind).count >= Self.most { throw call.refusal("TooManyConfigurations") }
            state.buckets.values[index].configuration[kind, id] = document.all
            return .output([:])
        }
    }

    /// Gives one.
    var getting: S3.Handler {
        { (state, call) throws(WireError) in
            let bucket = state.buckets.values[try state.index(of: call)]
            guard let document = bucket.configuration[kind, call.members.text("Id")] else {
                throw call.refusal("NoSuchConfiguration")
            }
            return .output([member: .structure(document)])
        }
    }

    /// Takes one away.
    var removing: S3.Handler {
        { (state, call) throws(WireError) in
            let index = try state.index(of: call)
            let id = call.members.text("Id")
            guard state.buckets.values[index].configuration[kind, id] != nil else {
                throw call.refusal("NoSuchConfiguration")
            }
            state.buckets.values[index].configuration[kind, id] = nil
            return .output([:])
        }
    }

    /// Gives a page of them, by their ids.
    var listing: S3.Handler {
        { (state, call) throws(WireError) in
            let bucket = state.buckets.values[try state.index(of: call)]
            var after: String?
            var output: Fields = [:]
            if let token = call.members.optionalText("ContinuationToken") {
                guard let id = ContinuationToken.text(of: token) else {
                    throw call.invalidArgument(
                        "The continuation token provided is incorrect", "continuation-token", token)
                }
                after = id
                output["ContinuationToken"] = .string(token)
            }
            let rest = bucket.configuration.all(kind).filter { entry in after.map { $0 < entry.id } ?? true }
            let page = rest.prefix(Self.pageSize)
            output["IsTruncated"] = .bool(rest.count > page.count)
            if !page.isEmpty { output[listed] = .list(page.map { .structure($0.document) }) }
            if rest.count > page.count, let last = page.last {
                output["NextContinuationToken"] = .string(ContinuationToken.of(last.id))
            }
            return .output(output)
        }
    }
}

extension S3 {
    /// What a filter may say: one thing, or several under `And`.
    static func checkFilter(_ filter: InputReader, _ call: FakeCall) throws(WireError) {
        guard filter.all.count <= 1 else { throw call.malformedXML() }
        // An inventory's filter is a prefix, and has no such member.
        guard filter.all["And"] != nil, let both = filter.structure("And") else { return }
        var keys: Set<String> = []
        for tag in both.structures("Tags") where !keys.insert(tag.text("Key")).inserted {
            throw call.invalidRequest("Duplicate Tag Keys are not allowed.")
        }
    }
}
