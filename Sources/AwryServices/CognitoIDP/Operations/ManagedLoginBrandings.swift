// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// How the pool's pages look.
extension CognitoIDP {
    static var createManagedLoginBranding: Handler? { create }
    static var describeManagedLoginBranding: Handler? { describe }
    static var describeManagedLoginBrandingByClient: Handler? { describeOfClient }
    static var updateManagedLoginBranding: Handler? { update }
    static var deleteManagedLoginBranding: Handler? { delete }
    static var setUICustomization: Handler? { customize }
    static var getUICustomization: Handler? { showCustomization }

    private static func missing(_ call: FakeCall) -> WireError {
        call.error("ResourceNotFoundException", "Managed login branding does not exist.")
    }

    private static func check(_ call: FakeCall) throws(WireError) {
        let isDefault = call.members["UseCognitoProvidedValues"]?.bool ?? false
        if isDefault, call.members["Settings"] != nil || call.members["Assets"] != nil {
            throw call.wrong("UseCognitoProvidedValues cannot be true when Settings or Assets are given.")
        }
    }

    private static func create(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onPool(call) { (pool) throws(WireError) in
            let client = call.members.text("ClientId")
            guard pool.clients[client] != nil else { throw call.noClient(client) }
            try check(call)
            if pool.brandings.values.contains(where: { $0["ClientId"]?.string == client }) {
                throw call.error(
                    "ManagedLoginBrandingExistsException", "Managed login branding already exists for client \(client)."
                )
            }
            try PoolQuota.brandings.check(pool.brandings.count, call)
            let id = pool.identifiers.uuid()
            var branding = call.input
            branding["ManagedLoginBrandingId"] = .string(id)
            branding.setDefault("UseCognitoProvidedValues", false)
            branding["CreationDate"] = .timestamp(call.now)
            branding["LastModifiedDate"] = .timestamp(call.now)
            pool.brandings[id] = branding
            return .output(["ManagedLoginBranding": shown(branding)])
        }
    }

    private static func shown(_ branding: Fields) -> Value {
        var shown = branding
        shown["ClientId"] = nil
        return .structure(shown)
    }

    private static func describe(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onPool(call) { (pool) throws(WireError) in
            guard let found = pool.brandings[call.members.text("ManagedLoginBrandingId")] else { throw missing(call) }
            return .output(["ManagedLoginBranding": shown(found)])
        }
    }

    private static func describeOfClient(
        _ state: inout CognitoIDP, _ call: FakeCall
    ) throws(WireError) -> Outcome {
        try state.onPool(call) { (pool) throws(WireError) in
            let client = call.members.text("ClientId")
            guard pool.clients[client] != nil else { throw call.noClient(client) }
            let found = pool.brandings.values.first { $0["ClientId"]?.string == client }
            guard let found else { throw missing(call) }
            return .output(["ManagedLoginBranding": shown(found)])
        }
    }

    private static func update(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        // The model requires neither.
        for name in ["UserPoolId", "ManagedLoginBrandingId"] where call.members[name] == nil {
            throw call.missingParameter(name)
        }
        return try state.onPool(call) { (pool) throws(WireError) in
            let id = call.members.text("ManagedLoginBrandingId")
            guard var branding = pool.brandings[id] else { throw missing(call) }
            try check(call)
            for (name, value) in call.input { branding[name] = value }
            branding["LastModifiedDate"] = .timestamp(call.now)
            pool.brandings[id] = branding
            return .output(["ManagedLoginBranding": shown(branding)])
        }
    }

    private static func delete(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onPool(call) { (pool) throws(WireError) in
            let id = call.members.text("ManagedLoginBrandingId")
            guard pool.brandings[id] != nil else { throw missing(call) }
            pool.brandings[id] = nil
            return .output([:])
        }
    }

    /// The older pages' looks, for a client or for all.
    private static func customize(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onPool(call) { (pool) throws(WireError) in
            guard pool.domain != nil else {
                throw call.wrong("There has to be an existing domain associated with this user pool")
            }
            let client = call.members.optionalText("ClientId") ?? "ALL"
            if client != "ALL", pool.clients[client] == nil { throw call.noClient(client) }
            var looks: Fields = ["UserPoolId": .string(pool.id), "ClientId": .string(client)]
            if call.members["ImageFile"] != nil {
                let host = "d111111abcdef8.cloudfront.net"
                looks["ImageUrl"] = .string(
                    "https://\(host)/\(pool.id)/\(client)/\(TimeFormats.basic(call.now))/assets/images/image.jpg")
            }
            looks["CSS"] = call.members["CSS"]
            looks["CSSVersion"] = .string(TimeFormats.basic(call.now).filter(\.isNumber))
            looks["LastModifiedDate"] = .timestamp(call.now)
            looks["CreationDate"] = pool.customizations[client]?["CreationDate"] ?? .timestamp(call.now)
            pool.customizations[client] = looks
            return .output(["UICustomization": .structure(looks)])
        }
    }

    private static func showCustomization(
        _ state: inout CognitoIDP, _ call: FakeCall
    ) throws(WireError) -> Outcome {
        try state.onPool(call) { (pool) throws(WireError) in
            let client = call.members.optionalText("ClientId") ?? "ALL"
            if client != "ALL", pool.clients[client] == nil { throw call.noClient(client) }
            let looks = pool.customizations[client] ?? pool.customizations["ALL"]
            return .output(["UICustomization": .structure(looks ?? [:])])
        }
    }
}
