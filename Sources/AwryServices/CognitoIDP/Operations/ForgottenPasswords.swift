// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension CognitoIDP {
    static var forgotPassword: Handler? { forgot }
    static var confirmForgotPassword: Handler? { confirm }

    private static func forgot(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onClient(call) { (pool, client) throws(WireError) in
            let name = call.members.text("Username")
            try client.checkSecretHash(call, user: name)
            guard pool.resolve(name) == nil else { return }
            if let user = try pool.migrated(name, nil, "ForgotPassword", client, call) { pool.add(user) }
        }
        return try state.onClientsUser(call) { (pool, user, _) throws(WireError) in
            guard user.isEnabled, user.status != .forceChangePassword, user.status != .externalProvider else {
                throw call.refused("User password cannot be reset in the current state.")
            }
            guard user.attempts.count("forgotten", at: call.now) else { throw call.tooManyAttempts() }
            let sent = try pool.sendCode(.forgotPassword, to: &user, lasting: .seconds(3600), call)
            guard let sent else { throw call.nowhereToSend() }
            user.record("ForgotPassword", passed: true, call, &pool.identifiers)
            return .output(["CodeDeliveryDetails": sent])
        } hidden: { () throws(WireError) in
            .output(["CodeDeliveryDetails": CodeDelivery.invented(for: call.members.text("Username"))])
        }
    }

    private static func confirm(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onClientsUser(call) { (pool, user, client) throws(WireError) in
            guard user.attempts.count("wrong codes", at: call.now) else { throw call.tooManyAttempts() }
            let code = call.members.text("ConfirmationCode")
            _ = try user.take(.forgotPassword, code, call)
            try pool.set(password: call.members.text("Password"), of: &user, call)
            user.codes[.forgotPassword] = nil
            user.attempts.forget("wrong codes")
            user.attempts.passwordWasRight()
            user.status = .confirmed
            pool.index(user)
            try pool.confirmed(user, as: "PostConfirmation_ConfirmForgotPassword", client, call)
            return .output([:])
        } hidden: { () throws(WireError) in
            throw call.staleCode()
        }
    }
}
