// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension ScenarioDecoder {
    /// `kms:` what keeps keys from use, by the names that queues and streams know them by.
    func kmsKeys(_ node: Node) -> [String: KMSKeyState] {
        var states: [String: KMSKeyState] = [:]
        for entry in mapping(node, "keys with what keeps them from use") ?? [] where !report.isFull {
            states[entry.key] = choice(entry.value, KMSKeyState.allCases.map(\.rawValue), called: "a key's state")
                .flatMap { KMSKeyState(rawValue: $0) }
        }
        return states
    }
}
