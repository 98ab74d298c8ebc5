// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

extension Kinesis {
    static var startStreamEncryption: Handler? { start }
    static var stopStreamEncryption: Handler? { stop }

    private static func start(_ state: inout Kinesis, _ call: FakeCall) throws(WireError) -> Outcome {
        let key = call.members.text("KeyId")
        try checkType(call)
        try checkKey(key, call)
        let kms = state.kms
        return try state.onActiveStream(of: call) { (stream) throws(WireError) in
            try kms.check(key, for: "GenerateDataKey", call)
            stream.begin(.encryption(key: key), after: call.transition(.stream), now: call.now)
            return .output([:])
        }
    }

    private static func stop(_ state: inout Kinesis, _ call: FakeCall) throws(WireError) -> Outcome {
        let key = call.members.text("KeyId")
        try checkType(call)
        return try state.onActiveStream(of: call) { (stream) throws(WireError) in
            if let current = stream.encryptionKey, current != key {
                throw call.invalid(
                    "Stream \(stream.key.name) under account \(stream.key.place.account) is encrypted with another "
                        + "key than \(key).")
            }
            stream.begin(.encryption(key: nil), after: call.transition(.stream), now: call.now)
            return .output([:])
        }
    }

    private static func checkType(_ call: FakeCall) throws(WireError) {
        guard call.members.text("EncryptionType") == "KMS" else {
            throw call.invalid("EncryptionType must be KMS to start or stop the encryption of a stream.")
        }
    }

    /// Which keys there are nobody here knows: what can name one of the region does. The forms are those that
    /// StartStreamEncryption's page in the API Reference lists.
    private static func checkKey(_ key: String, _ call: FakeCall) throws(WireError) {
        var name = key
        if let arn = ARN(key), arn.service == "kms" {
            guard arn.region == call.place.region else {
                throw call.error("KMSNotFoundException", "Invalid arn \(arn.region)")
            }
            name = String(arn.resource.hasPrefix("key/") ? arn.resource.dropFirst(4) : arn.resource)
        }
        guard name.hasPrefix("alias/") && name.utf8.count > 6 || isKeyID(name) else {
            throw call.error("KMSNotFoundException", "Invalid keyId \(key)")
        }
    }

    /// A UUID, or a multi-Region key's `mrk-` and 32 hexadecimal digits.
    private static func isKeyID(_ text: String) -> Bool {
        let digits = text.hasPrefix("mrk-") ? String(text.dropFirst(4)) : text.filter { $0 != "-" }
        let isLong = text.utf8.count == 36
        return isLong && digits.utf8.count == 32 && digits.utf8.allSatisfy { $0.hexDigit != nil }
    }
}

extension KMSKeys {
    /// Refuses what needs a stream's key, where it has one and that cannot be used.
    func check(_ key: String?, for action: String, _ call: FakeCall) throws(WireError) {
        guard let key, let (state, text) = refusal(of: key, for: action, call) else { return }
        throw call.error(Self.shape(of: state), text)
    }

    private static func shape(of state: KMSKeyState) -> String {
        switch state {
        case .disabled: "KMSDisabledException"
        case .pendingDeletion, .pendingImport, .unavailable, .wrongUsage: "KMSInvalidStateException"
        case .missing: "KMSNotFoundException"
        case .denied: "KMSAccessDeniedException"
        case .throttled: "KMSThrottlingException"
        case .notSubscribed: "KMSOptInRequired"
        }
    }
}
