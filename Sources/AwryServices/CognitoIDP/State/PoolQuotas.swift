// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// How much there may be of what a pool holds ("Quotas in Amazon Cognito" of Cognito's guide: quotas on resources).
enum PoolQuota: String {
    case pools = "user pools"
    case clients = "app clients per user pool"
    case groups = "groups per user pool"
    case groupsOfUser = "groups per user"
    case providers = "identity providers per user pool"
    case linkedIdentities = "identities linked to a user"
    case resourceServers = "resource servers per user pool"
    case importJobs = "user import jobs per user pool"
    case brandings = "managed login branding styles per user pool"
    case customDomains = "custom domains"
    case secrets = "secrets per app client"
    case terms = "terms documents per user pool"

    var most: Int {
        switch self {
        case .pools, .clients, .importJobs: 1000
        case .groups: 10_000
        case .groupsOfUser: 100
        case .providers: 300
        case .linkedIdentities: 5
        case .resourceServers: 25
        case .brandings: 20
        case .customDomains: 4
        case .secrets: 2
        // The page has no figure: two kinds of terms for each client.
        case .terms: 2000
        }
    }

    /// Refuses one more where there are so many.
    func check(_ count: Int, _ call: FakeCall) throws(WireError) {
        guard count >= most else { return }
        throw call.error("LimitExceededException", "Exceeded the limit of \(most) \(rawValue).")
    }
}
