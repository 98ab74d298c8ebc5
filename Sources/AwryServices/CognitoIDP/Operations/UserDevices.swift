// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension CognitoIDP {
    static var confirmDevice: Handler? { confirm }
    static var getDevice: Handler? { show }
    static var adminGetDevice: Handler? { showOfUser }
    static var listDevices: Handler? { list }
    static var adminListDevices: Handler? { listOfUser }
    static var forgetDevice: Handler? { forget }
    static var adminForgetDevice: Handler? { forgetOfUser }
    static var updateDeviceStatus: Handler? { update }
    static var adminUpdateDeviceStatus: Handler? { updateOfUser }

    private static func confirm(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onBearer(call) { (pool, user, _) throws(WireError) in
            guard let settings = pool.settings["DeviceConfiguration"]?.fields else { throw call.noDeviceTracking() }
            var device = try user.device(in: pool, call)
            let config = call.members.fields("DeviceSecretVerifierConfig")
            guard let salt = Self.bytes(config["Salt"]), let verifier = Self.bytes(config["PasswordVerifier"]) else {
                throw call.wrong("Invalid device secret verifier config: Salt and PasswordVerifier must be base64")
            }
            if device.isConfirmed { throw call.error("DeviceKeyExistsException", "Device already exists") }
            let isAsked = settings["DeviceOnlyRememberedOnUserPrompt"]?.bool ?? false
            device.salt = salt
            device.verifier = verifier
            device.name = call.members.optionalText("DeviceName")
            device.isConfirmed = true
            device.isRemembered = !isAsked
            device.modifiedAt = call.now
            user.devices[device.key] = device
            return .output(["UserConfirmationNecessary": .bool(isAsked)])
        }
    }

    private static func bytes(_ value: Value?) -> [UInt8]? {
        guard let text = value?.string, !text.isEmpty else { return nil }
        return Base64.decode(Array(text.utf8))
    }

    private static func show(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onBearer(call) { (pool, user, _) throws(WireError) in
            .output(["Device": try user.device(in: pool, call).described])
        }
    }

    private static func showOfUser(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onUser(call) { (pool, user) throws(WireError) in
            .output(["Device": try user.device(in: pool, call).described])
        }
    }

    private static func list(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onBearer(call) { (pool, user, _) throws(WireError) in .output(try user.listDevices(in: pool, call)) }
    }

    private static func listOfUser(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onUser(call) { (pool, user) throws(WireError) in .output(try user.listDevices(in: pool, call)) }
    }

    private static func forget(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onBearer(call) { (pool, user, _) throws(WireError) in
            user.devices[try user.device(in: pool, call).key] = nil
            return .output([:])
        }
    }

    private static func forgetOfUser(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onUser(call) { (pool, user) throws(WireError) in
            user.devices[try user.device(in: pool, call).key] = nil
            return .output([:])
        }
    }

    private static func update(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onBearer(call) { (pool, user, _) throws(WireError) in
            try user.updateDevice(in: pool, call)
            return .output([:])
        }
    }

    private static func updateOfUser(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onUser(call) { (pool, user) throws(WireError) in
            try user.updateDevice(in: pool, call)
            return .output([:])
        }
    }
}

extension PoolUser {
    fileprivate func device(in pool: UserPool, _ call: FakeCall) throws(WireError) -> PoolDevice {
        guard pool.settings["DeviceConfiguration"] != nil else { throw call.noDeviceTracking() }
        guard let device = devices[call.members.text("DeviceKey")] else {
            throw call.error("ResourceNotFoundException", "Device does not exist.")
        }
        return device
    }

    fileprivate func listDevices(in pool: UserPool, _ call: FakeCall) throws(WireError) -> Fields {
        guard pool.settings["DeviceConfiguration"] != nil else { throw call.noDeviceTracking() }
        let confirmed = devices.values.filter(\.isConfirmed)
        let page = try PoolPage(confirmed, by: \.key, call, limit: "Limit", token: "PaginationToken")
        return page.output(["Devices": .list(page.elements.map(\.described))], token: "PaginationToken")
    }

    fileprivate mutating func updateDevice(in pool: UserPool, _ call: FakeCall) throws(WireError) {
        var device = try device(in: pool, call)
        device.isRemembered = call.members.optionalText("DeviceRememberedStatus") == "remembered"
        device.modifiedAt = call.now
        devices[device.key] = device
    }
}
