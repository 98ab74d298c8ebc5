// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension ManagedPolicy {
    /// AWS's own policies, by ARN.
    static let ofAWS: [String: ManagedPolicy] = [:]
}
