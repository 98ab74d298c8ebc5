// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryDigest

extension IAM {
    static var createVirtualMFADevice: Handler? {
        on { (account, call) throws(WireError) in try account.createDevice(call) }
    }
    static var enableMFADevice: Handler? { on { (account, call) throws(WireError) in try account.enableDevice(call) } }
    static var resyncMFADevice: Handler? {
        on { (account, call) throws(WireError) in
            var device = try account.enabledDevice(call)
            try device.take(call, reach: VirtualDevice.resyncReach)
            account.mfaDevices[device.serial] = device
            return [:]
        }
    }
    static var deactivateMFADevice: Handler? {
        on { (account, call) throws(WireError) in
            var device = try account.enabledDevice(call)
            device.owner = nil
            device.enabled = nil
            // A device of plastic is only known while it is somebody's.
            account.mfaDevices[device.serial] = device.seed == nil ? nil : device
            return [:]
        }
    }
    static var deleteVirtualMFADevice: Handler? {
        on { (account, call) throws(WireError) in
            let device = try account.find(MFADevice.self, call)
            guard device.owner == nil else {
                throw call.error("DeleteConflict", "MFA VirtualDevice in use. Must deactivate first.")
            }
            account.mfaDevices[device.serial] = nil
            return [:]
        }
    }
    static var getMFADevice: Handler? {
        on { (account, call) throws(WireError) in
            let device = try account.find(MFADevice.self, call)
            if call.members.optionalText("UserName") != nil {
                guard device.owner == (try account.user(of: call)).entity.id else {
                    throw call.error("NoSuchEntity", MFADevice.missing(device.serial))
                }
            }
            var output: Fields = ["SerialNumber": .string(device.serial)]
            if let owner = device.owner.flatMap({ account.user(id: $0) }) {
                output["UserName"] = .string(account.shownName(owner))
            }
            if let enabled = device.enabled { output["EnableDate"] = .timestamp(enabled) }
            return output
        }
    }
    static var listMFADevices: Handler? {
        on { (account, call) throws(WireError) in
            let user = try account.user(of: call)
            let devices = account.devices(of: user.entity.id).map { device in
                (
                    name: device.serial,
                    value: Value.structure([
                        "UserName": .string(account.shownName(user)), "SerialNumber": .string(device.serial),
                        "EnableDate": .timestamp(device.enabled ?? device.entity.created),
                    ])
                )
            }
            return try call.page(devices, as: "MFADevices")
        }
    }
    static var listVirtualMFADevices: Handler? {
        on { (account, call) throws(WireError) in
            let status = call.members.text("AssignmentStatus")
            let devices = account.mfaDevices.values.filter { device in
                guard device.seed != nil else { return false }
                return switch status {
                case "Assigned": device.owner != nil
                case "Unassigned": device.owner == nil
                default: true
                }
            }
            return try call.page(
                devices.map { (name: $0.serial, value: .structure(account.shown($0))) }, as: "VirtualMFADevices")
        }
    }
}

extension IAMAccount {
    fileprivate mutating func createDevice(_ call: FakeCall) throws(WireError) -> Fields {
        let name = call.members.text("VirtualMFADeviceName")
        let path = call.members.optionalText("Path") ?? "/"
        let serial = "arn:aws:iam::\(id):mfa\(path)\(name)"
        guard mfaDevices[serial] == nil else {
            throw call.error(
                "EntityAlreadyExists", "MFADevice entity at the same path and name already exists.")
        }
        let seed = (0..<5).flatMap { _ in
            let bits = identifiers.bits()
            return (0..<8).map { UInt8(truncatingIfNeeded: bits >> (8 * UInt64($0))) }
        }
        var device = MFADevice(
            entity: IAMEntity(name: name, path: path, id: serial, created: call.now), serial: serial, seed: seed)
        device.entity.tags = try call.tags(beside: [:])
        mfaDevices[serial] = device
        var fields: Fields = [
            "SerialNumber": .string(serial), "Base32StringSeed": .blob(Blob(utf8: Base32.text(seed))),
            "QRCodePNG": .blob(Blob(VirtualDevice.picture)),
        ]
        if !device.entity.tags.isEmpty { fields["Tags"] = .tags(device.entity.tags) }
        return ["VirtualMFADevice": .structure(fields)]
    }

    fileprivate mutating func enableDevice(_ call: FakeCall) throws(WireError) -> Fields {
        let user = try user(of: call)
        let serial = call.members.text("SerialNumber")
        var device: MFADevice
        if let known = mfaDevices[serial] {
            guard known.owner == nil else {
                throw call.error("EntityAlreadyExists", "MFADevice entity at the same path and name already exists.")
            }
            device = known
        } else if serial.hasPrefix("arn:") {
            throw call.error("NoSuchEntity", MFADevice.missing(serial))
        } else {
            device = MFADevice(
                entity: IAMEntity(name: serial, path: "/", id: serial, created: call.now), serial: serial, seed: nil)
        }
        try IAMLimit.mfaDevices.check(devices(of: user.entity.id).count, call)
        try device.take(call, reach: VirtualDevice.reach)
        device.owner = user.entity.id
        device.enabled = call.now
        mfaDevices[serial] = device
        return [:]
    }

    /// The device that a call names, which must be its user's.
    fileprivate func enabledDevice(_ call: FakeCall) throws(WireError) -> MFADevice {
        let user = try user(of: call)
        let serial = call.members.text("SerialNumber")
        guard let device = mfaDevices[serial], device.owner == user.entity.id else {
            throw call.error("NoSuchEntity", "MFA Device invalid for user.")
        }
        return device
    }

    fileprivate func shown(_ device: MFADevice) -> Fields {
        var fields: Fields = ["SerialNumber": .string(device.serial)]
        if let owner = device.owner.flatMap({ user(id: $0) }), let enabled = device.enabled {
            fields["User"] = .structure(shown(owner, tags: false))
            fields["EnableDate"] = .timestamp(enabled)
        }
        return fields
    }
}

extension MFADevice {
    /// Takes two passwords that follow each other, as EnableMFADevice and ResyncMFADevice want them.
    fileprivate mutating func take(_ call: FakeCall, reach: Int64) throws(WireError) {
        let codes = [call.members.text("AuthenticationCode1"), call.members.text("AuthenticationCode2")]
        guard let seed else { return }
        let present = OneTimePassword.step(at: call.now.seconds)
        let found = (present - reach...present + reach).first { interval in
            OneTimePassword.code(key: seed, step: interval) == codes[0]
                && OneTimePassword.code(key: seed, step: interval + 1) == codes[1]
        }
        guard let found else {
            throw call.error("InvalidAuthenticationCode", "Authentication code for device is not valid.")
        }
        lastInterval = found + 1
    }

    /// Whether a password is this device's, now; none is taken twice.
    mutating func accepts(_ code: String, at now: Timestamp) -> Bool {
        guard let seed else { return code.utf8.count == 6 }
        let found = OneTimePassword.step(
            of: code, key: seed, at: now.seconds, after: lastInterval, reach: VirtualDevice.reach)
        guard let found else { return false }
        lastInterval = found
        return true
    }
}
