// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension SQS {
    /// Refuses to work with the messages of a queue whose KMS key cannot be used.
    func checkKey(_ key: String, for action: String, _ call: FakeCall) throws(WireError) {
        guard !key.isEmpty, let (state, text) = keys.refusal(of: key, for: action, call) else { return }
        throw call.error(Self.shape(of: state), text)
    }

    private static func shape(of state: KMSKeyState) -> String {
        switch state {
        case .disabled: "KmsDisabled"
        case .pendingDeletion, .pendingImport, .unavailable: "KmsInvalidState"
        case .missing: "KmsNotFound"
        case .denied: "KmsAccessDenied"
        case .throttled: "KmsThrottled"
        case .notSubscribed: "KmsOptInRequired"
        case .wrongUsage: "KmsInvalidKeyUsage"
        }
    }
}
