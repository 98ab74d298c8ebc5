// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// What all that IAM calls by a name has in common.
struct IAMEntity: Sendable {
    var name: String
    /// Begins and ends with a slash.
    var path: String
    /// The unique id: `AIDA…` for a user, `AROA…` for a role ("IAM identifiers" of the IAM User Guide).
    let id: String
    let created: Timestamp
    var tags: Fields = [:]

    init(name: String, path: String, id: String, created: Timestamp) {
        self.name = name
        self.path = path
        self.id = id
        self.created = created
    }
}

/// A kind of thing that is kept by its name or ARN. Lookups, tags and listings are the same for all.
protocol IAMNoun: Sendable {
    /// Where an account keeps them.
    static var store: WritableKeyPath<IAMAccount, [String: Self]> { get }
    /// The member of inputs that names one.
    static var member: String { get }
    /// How ARNs call it: `user`.
    static var resource: String { get }
    /// What NoSuchEntity says.
    static func missing(_ name: String) -> String
    /// By what it is kept: names do not differ in case alone, ARNs may.
    static func key(_ name: String) -> String

    var entity: IAMEntity { get set }
}

extension IAMNoun {
    static func key(_ name: String) -> String { name.lowercased() }

    /// Refuses what is no ARN of such a thing, where its kind is named by ARNs.
    static func checkARN(_ text: String, _ call: FakeCall) throws(WireError) {
        guard member.hasSuffix("Arn") else { return }
        guard let arn = ARN(text), arn.service == "iam", arn.resource.hasPrefix("\(resource)/") else {
            throw call.error("InvalidInput", "ARN \(text) is not valid.")
        }
    }

    /// The ARN in an account.
    func arn(in account: String) -> String {
        "arn:aws:iam::\(account):\(Self.resource)\(entity.path)\(entity.name)"
    }
}

/// What policies can be put on.
protocol PolicyHolder: IAMNoun {
    var permissions: HeldPolicies { get set }
    /// What the quotas call it: `User`.
    static var kind: String { get }
    /// The most bytes that its own policies may have together.
    static var inlineSize: Int { get }
}

extension PolicyHolder {
    static var member: String { "\(kind)Name" }
    static var resource: String { kind.lowercased() }
    static func missing(_ name: String) -> String { "The \(resource) with name \(name) cannot be found." }
}

/// The policies of a user, a group or a role.
struct HeldPolicies: Sendable {
    /// Its own, by name.
    var inline: Fields = [:]
    /// ARNs of managed ones, in the order in which they were attached.
    var attached: [String] = []
    /// The ARN of the policy that bounds it.
    var boundary: String?
}

extension IAMAccount {
    /// Where one is kept that a call names, or the error that says there is none.
    func key<N: IAMNoun>(_: N.Type, _ call: FakeCall) throws(WireError) -> String {
        let name = call.members.text(N.member)
        try N.checkARN(name, call)
        let key = N.key(name)
        guard self[keyPath: N.store][key] != nil else { throw call.error("NoSuchEntity", N.missing(name)) }
        return key
    }

    /// The one that a call names.
    func find<N: IAMNoun>(_ noun: N.Type, _ call: FakeCall) throws(WireError) -> N {
        let name = call.members.text(N.member)
        try N.checkARN(name, call)
        guard let found = self[keyPath: N.store][N.key(name)] else {
            throw call.error("NoSuchEntity", N.missing(name))
        }
        return found
    }

    /// Works on the one that a call names. Of work that throws nothing stays.
    mutating func change<N: IAMNoun, Result>(
        _ noun: N.Type, _ call: FakeCall, _ work: (inout N) throws(WireError) -> Result
    ) throws(WireError) -> Result {
        var found = try find(noun, call)
        let result = try work(&found)
        self[keyPath: N.store][N.key(call.members.text(N.member))] = found
        return result
    }

    /// A unique id: a prefix and 17 letters and digits.
    mutating func uniqueID(_ prefix: String) -> String {
        prefix + identifiers.letters(17, of: "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
    }

    /// A new entity as a call names it. Refuses a name that is taken and what is too many.
    mutating func entity<N: IAMNoun>(
        _: N.Type, _ call: FakeCall, id prefix: String, limit: IAMLimit? = nil, exists: (String) -> String
    ) throws(WireError) -> IAMEntity {
        let name = call.members.text(N.member)
        let store = self[keyPath: N.store]
        if store[N.key(name)] != nil { throw call.error("EntityAlreadyExists", exists(name)) }
        if let limit { try limit.check(store.count, call) }
        var entity = IAMEntity(
            name: name, path: call.members.optionalText("Path") ?? "/", id: uniqueID(prefix), created: call.now)
        entity.tags = try call.tags(beside: [:])
        return entity
    }
}
