// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension UserPool {
    /// "Quotas in Amazon Cognito".
    static let mostTags = 50
    static let tooManyTags = "A user pool can have \(mostTags) tags at most."

    /// Refuses tags that a pool cannot be made or changed with.
    static func check(tags: Fields, _ call: FakeCall) throws(WireError) {
        guard tags.count <= mostTags else { throw call.error("UserPoolTaggingException", tooManyTags) }
        if tags.contains(where: { $0.name.lowercased().hasPrefix("aws:") }) {
            throw call.error(
                "UserPoolTaggingException", "aws: prefixed tag key names are not allowed for external use.")
        }
    }
}

extension CognitoIDP {
    static var tagResource: Handler? { tag }
    static var untagResource: Handler? { untag }
    static var listTagsForResource: Handler? { list }

    private mutating func onTagged(
        _ call: FakeCall, _ work: (inout UserPool) throws(WireError) -> Outcome
    ) throws(WireError) -> Outcome {
        let arn = call.members.text("ResourceArn")
        guard let pool = pools.values.first(where: { $0.arn == arn }) else {
            throw call.error("ResourceNotFoundException", "Resource \(arn) does not exist.")
        }
        return try onPool(call, pool.id, work)
    }

    private static func tag(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onTagged(call) { (pool) throws(WireError) in
            var tags = pool.tags
            for (name, value) in call.members.fields("Tags") { tags[name] = value }
            guard tags.count <= UserPool.mostTags else { throw call.wrong(UserPool.tooManyTags) }
            pool.tags = tags
            return .output([:])
        }
    }

    private static func untag(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onTagged(call) { (pool) throws(WireError) in
            for name in call.members.texts("TagKeys") { pool.tags[name] = nil }
            return .output([:])
        }
    }

    private static func list(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onTagged(call) { (pool) throws(WireError) in .output(["Tags": .structure(pool.tags)]) }
    }
}
