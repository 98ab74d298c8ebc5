// SPDX-License-Identifier: Apache-2.0

import AwryCore

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
            guard tags.count <= 50 else { throw call.wrong("A user pool can have 50 tags at most.") }
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
