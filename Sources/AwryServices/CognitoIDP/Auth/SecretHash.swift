// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension UserPoolClient {
    /// Refuses a call of a client with a secret that does not prove it has the secret.
    func checkSecretHash(_ call: FakeCall, user: String) throws(WireError) {
        try check(call.members.optionalText("SecretHash"), user: user, call)
    }

    /// The same for the parameters of a sign-in, whose refusals are worded otherwise.
    func checkSecretHash(_ parameters: Fields, user: String, _ call: FakeCall) throws(WireError) {
        let hash = parameters["SECRET_HASH"]?.string
        if !secrets.isEmpty, hash == nil {
            throw call.refused("Client \(id) is configured with secret but SECRET_HASH was not received")
        }
        try check(hash, user: user, call)
    }

    private func check(_ hash: String?, user: String, _ call: FakeCall) throws(WireError) {
        if secrets.isEmpty, hash == nil { return }
        guard let hash, isRight(secretHash: hash, user: user) else {
            throw call.refused("Unable to verify secret hash for client \(id)")
        }
    }
}
