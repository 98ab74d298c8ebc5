// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// The KMS keys of a sandbox: all that are named can be used but those of which a scenario says otherwise.
struct KMSKeys: Sendable {
    private let states: [String: KMSKeyState]

    /// The keys of a scenario's options.
    init(_ states: [String: KMSKeyState] = [:]) {
        self.states = Dictionary(states.map { (Self.name(of: $0.key), $0.value) }) { first, _ in first }
    }

    /// What keeps a key from use, and how KMS says so; nil where nothing does. `action` is what it would be used for:
    /// `GenerateDataKey` or `Decrypt`.
    func refusal(of key: String, for action: String, _ call: FakeCall) -> (state: KMSKeyState, text: String)? {
        if states.isEmpty { return nil }
        let name = Self.name(of: key)
        guard let state = states[name] else { return nil }
        let isAlias = name.hasPrefix("alias/")
        let arn = "arn:aws:kms:\(call.place.region):\(call.place.account):\(isAlias ? name : "key/" + name)"
        let text =
            switch state {
            case .disabled: "\(arn) is disabled."
            case .pendingDeletion: "\(arn) is pending deletion."
            case .pendingImport: "\(arn) is pending import."
            case .unavailable: "\(arn) is unavailable."
            case .missing: isAlias ? "Alias \(arn) is not found." : "Key '\(arn)' does not exist"
            case .denied:
                "User: \(call.principal.arn) is not authorized to perform: kms:\(action) on resource: \(arn) because "
                    + "no resource-based policy allows the kms:\(action) action"
            case .throttled: "Rate exceeded"
            case .notSubscribed: "The AWS Access Key Id needs a subscription for the service"
            case .wrongUsage: "\(arn) key usage is SIGN_VERIFY which is not valid for \(action)."
            }
        return (state, text)
    }

    /// A key's id, or its alias with `alias/` before it: what its ARN ends in.
    private static func name(of key: String) -> String {
        let last = ARN(key).map { String($0.resource) } ?? key
        return last.hasPrefix("key/") ? String(last.dropFirst(4)) : last
    }
}
