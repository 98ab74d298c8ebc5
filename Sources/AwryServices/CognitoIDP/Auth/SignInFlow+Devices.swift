// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryDigest

/// Devices that prove themselves in place of a second factor ("Working with user devices in your user pool").
extension SignInFlow {
    /// The remembered device that the client names, where the pool lets devices stand for a second factor.
    func knownDevice(_ user: PoolUser, _ pool: UserPool) throws(WireError) -> PoolDevice? {
        guard let key = parameters["DEVICE_KEY"]?.string, pool.settings["DeviceConfiguration"] != nil else {
            return nil
        }
        guard let device = user.devices[key] else {
            throw call.error("ResourceNotFoundException", "Device does not exist.")
        }
        return device.isConfirmed && !device.verifier.isEmpty ? device : nil
    }

    /// The answer to DEVICE_SRP_AUTH.
    func beginDevice(
        _ session: AuthSession, _ user: inout PoolUser, _ pool: inout UserPool
    ) throws(WireError) -> Outcome {
        let key = try parameter("DEVICE_KEY")
        guard let device = user.devices[key], session.device == key else {
            throw call.error("ResourceNotFoundException", "Device does not exist.")
        }
        let number = try clientNumber()
        let secret = pool.identifiers.bytes(32)
        let server = SecureRemotePassword.publicNumber(verifier: device.verifier, secret: secret)
        let block = pool.identifiers.bytes(128)
        let parameters: Fields = [
            "DEVICE_KEY": .string(key), "SALT": .string(Hex.text(device.salt)),
            "SECRET_BLOCK": .string(Base64.text(block)), "SRP_B": .string(Hex.text(server)),
            "USERNAME": .string(user.username),
        ]
        return challenge("DEVICE_PASSWORD_VERIFIER", parameters, for: user.key, &pool) {
            $0.device = key
            $0.exchange = .init(client: number, server: server, secret: secret, block: block)
        }
    }

    /// The answer to DEVICE_PASSWORD_VERIFIER. A device that is remembered stands for the second factor.
    func proveDevice(
        _ session: AuthSession, _ user: inout PoolUser, _ pool: inout UserPool
    ) throws(WireError) -> Outcome {
        guard let key = session.device, var device = user.devices[key], let exchange = session.exchange else {
            throw call.badSession()
        }
        guard try proves(exchange, verifier: device.verifier, group: device.group, user: key) else {
            throw call.refused("Incorrect username or password.")
        }
        device.usedAt = call.now
        user.devices[key] = device
        return device.isRemembered ? try signIn(&user, &pool, device: key) : try secondFactor(&user, &pool)
    }

    /// A device that the client may confirm, where the pool tracks devices.
    func newDevice(_ user: inout PoolUser, _ pool: inout UserPool) -> Value? {
        guard pool.settings["DeviceConfiguration"] != nil else { return nil }
        let key = "\(pool.place.region)_\(pool.identifiers.uuid())"
        let group = "-" + pool.identifiers.letters(8, of: CognitoAlphabet.digitsAndCapitals)
        user.devices[key] = PoolDevice(
            key: key, group: group, createdAt: call.now, modifiedAt: call.now, usedAt: call.now)
        return ["DeviceKey": .string(key), "DeviceGroupKey": .string(group)]
    }
}
