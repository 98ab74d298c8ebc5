// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension CognitoIDP {
    static var createResourceServer: Handler? { create }
    static var describeResourceServer: Handler? { describe }
    static var updateResourceServer: Handler? { update }
    static var deleteResourceServer: Handler? { delete }
    static var listResourceServers: Handler? { list }

    private static func missing(_ call: FakeCall) -> WireError {
        call.error(
            "ResourceNotFoundException",
            "Resource server with identifier '\(call.members.text("Identifier"))' not found.")
    }

    private static func create(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onPool(call) { (pool) throws(WireError) in
            let identifier = call.members.text("Identifier")
            if pool.resourceServers[identifier] != nil {
                throw call.wrong("\(identifier) already exists in user pool \(pool.id).")
            }
            try PoolQuota.resourceServers.check(pool.resourceServers.count, call)
            pool.resourceServers[identifier] = call.input
            return .output(["ResourceServer": .structure(call.input)])
        }
    }

    private static func describe(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onPool(call) { (pool) throws(WireError) in
            guard let server = pool.resourceServers[call.members.text("Identifier")] else { throw missing(call) }
            return .output(["ResourceServer": .structure(server)])
        }
    }

    private static func update(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onPool(call) { (pool) throws(WireError) in
            let identifier = call.members.text("Identifier")
            guard pool.resourceServers[identifier] != nil else { throw missing(call) }
            pool.resourceServers[identifier] = call.input
            return .output(["ResourceServer": .structure(call.input)])
        }
    }

    private static func delete(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onPool(call) { (pool) throws(WireError) in
            let identifier = call.members.text("Identifier")
            guard pool.resourceServers[identifier] != nil else { throw missing(call) }
            pool.resourceServers[identifier] = nil
            return .output([:])
        }
    }

    private static func list(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onPool(call) { (pool) throws(WireError) in
            let key = { (server: Fields) in server["Identifier"]?.string ?? "" }
            let page = try PoolPage(
                pool.resourceServers.values, by: key, call, limit: "MaxResults", token: "NextToken", most: 50)
            let shown = page.elements.map { Value.structure($0) }
            return .output(page.output(["ResourceServers": .list(shown)], token: "NextToken"))
        }
    }
}
