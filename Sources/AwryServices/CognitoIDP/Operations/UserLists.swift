// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension CognitoIDP {
    static var listUsers: Handler? { list }
    static var adminListUserAuthEvents: Handler? { listEvents }
    static var adminUpdateAuthEventFeedback: Handler? { judgeEvent }
    static var updateAuthEventFeedback: Handler? { judgeEvent }

    private static func list(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onPool(call) { (pool) throws(WireError) in
            var users = pool.users.values
            if let text = call.members.optionalText("Filter"), !text.isEmpty {
                guard let filter = PoolUserFilter(text) else { throw call.wrong("Error while parsing filter.") }
                guard PoolUserFilter.attributes.contains(filter.attribute) else {
                    throw call.wrong("One or more requested attributes do not exist.")
                }
                users = users.filter { filter.matches($0, in: pool) }
            }
            let wanted = call.members.texts("AttributesToGet")
            if wanted.contains(where: { pool.attribute($0) == nil }) {
                throw call.wrong("One or more requested attributes do not exist.")
            }
            let page = try PoolPage(users, by: \.key, call, limit: "Limit", token: "PaginationToken")
            let shown = page.elements.map { $0.described(attributes: wanted) }
            return .output(page.output(["Users": .list(shown)], token: "PaginationToken"))
        }
    }

    private static func listEvents(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onUser(call) { (pool, user) throws(WireError) in
            try pool.mustWatch(call)
            let latest = Array(user.events.reversed())
            let key = { (event: Fields) in event["EventId"]?.string ?? "" }
            let page = try PoolPage(latest, by: key, call, limit: "MaxResults", token: "NextToken")
            return .output(page.output(["AuthEvents": .list(page.elements.map { .structure($0) })], token: "NextToken"))
        }
    }

    private static func judgeEvent(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onUser(call) { (pool, user) throws(WireError) in
            try pool.mustWatch(call)
            let id = call.members["EventId"]
            guard let index = user.events.firstIndex(where: { $0["EventId"] == id }) else {
                throw call.error("ResourceNotFoundException", "Event does not exist.")
            }
            user.events[index]["EventFeedback"] = [
                "FeedbackValue": call.members["FeedbackValue"] ?? "Valid", "Provider": "Admin",
                "FeedbackDate": .timestamp(call.now),
            ]
            return .output([:])
        }
    }
}

extension UserPool {
    /// Refuses what belongs to threat protection where the pool does not have it.
    func mustWatch(_ call: FakeCall) throws(WireError) {
        guard PoolTier.features(of: settings).contains(.threatProtection) else {
            throw call.error("UserPoolAddOnNotEnabledException", "Threat protection is not enabled for the user pool.")
        }
    }
}
