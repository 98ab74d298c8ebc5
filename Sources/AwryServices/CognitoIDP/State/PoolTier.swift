// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// What a pool's feature plan includes ("User pool feature plans" of Cognito's guide).
enum PoolTier: String {
    case lite = "LITE"
    case essentials = "ESSENTIALS"
    case plus = "PLUS"

    /// A feature that not all plans have, by the name that refusals call it.
    enum Feature: String, CaseIterable {
        case threatProtection = "Threat Protection"
        case logExport = "Log Export"
        case managedLogin = "Managed Login"
        case emailMFA = "Email MFA"
        case passwordless = "Passwordless Sign-In"
        case passwordHistory = "Password History"
        case choice = "Choice-Based Sign-In"
    }

    /// The plan of a pool's settings: new pools have Essentials.
    init(_ settings: Fields) {
        self = settings["UserPoolTier"]?.string.flatMap(PoolTier.init) ?? .essentials
    }

    private func has(_ feature: Feature) -> Bool {
        switch (self, feature) {
        case (.plus, _): true
        case (.essentials, .threatProtection), (.essentials, .logExport): false
        case (.essentials, _): true
        case (.lite, _): false
        }
    }

    /// Refuses features that the plan does not have.
    func check(_ features: [Feature], _ call: FakeCall) throws(WireError) {
        let lacking = features.filter { !has($0) }
        guard !lacking.isEmpty else { return }
        let names = lacking.map(\.rawValue).joined(separator: ", ")
        throw call.error(
            "FeatureUnavailableInTierException",
            "The following features need to be disabled for the \(rawValue) pricing tier configured: \(names)")
    }

    /// The features that a pool's settings turn on.
    static func features(of settings: Fields) -> [Feature] {
        var features: [Feature] = []
        let mode = settings["UserPoolAddOns"]?.fields?["AdvancedSecurityMode"]?.string ?? "OFF"
        if mode != "OFF" { features.append(.threatProtection) }
        let policies = settings["Policies"]?.fields
        if UserPool.firstFactors(of: settings).contains(where: { $0 != "PASSWORD" }) { features.append(.passwordless) }
        if (policies?["PasswordPolicy"]?.fields?["PasswordHistorySize"]?.integer ?? 0) > 0 {
            features.append(.passwordHistory)
        }
        return features
    }
}

extension UserPool {
    /// Refuses a feature that the pool's plan does not have.
    func check(_ feature: PoolTier.Feature, if isWanted: Bool, _ call: FakeCall) throws(WireError) {
        if isWanted { try PoolTier(settings).check([feature], call) }
    }
}
