// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// What passwords of an account must be like; the defaults are those of UpdateAccountPasswordPolicy.
struct IAMPasswordPolicy: Sendable {
    var minimumLength: Int64 = 6
    var needsSymbols = false
    var needsNumbers = false
    var needsUppercase = false
    var needsLowercase = false
    var letsUsersChange = false
    var longestAge: Int64?
    var reusePrevention: Int64?
    var hardExpiry: Bool?

    /// What holds in an account that set no policy.
    static let standard = IAMPasswordPolicy(minimumLength: 8)

    /// What is wrong with a password; nil where nothing is.
    func mistake(in password: String) -> String? {
        let letters = password.unicodeScalars
        func has(_ test: (Unicode.Scalar) -> Bool) -> Bool { letters.contains(where: test) }
        if letters.count < minimumLength { return "Password should have a minimum length of \(minimumLength)" }
        if needsSymbols, !has({ "!@#$%^&*()_+-=[]{}|'".unicodeScalars.contains($0) }) {
            return "Password should have at least one symbol"
        }
        if needsNumbers, !has({ ("0"..."9").contains($0) }) { return "Password should have at least one number" }
        if needsUppercase, !has({ ("A"..."Z").contains($0) }) {
            return "Password should have at least one uppercase letter"
        }
        if needsLowercase, !has({ ("a"..."z").contains($0) }) {
            return "Password should have at least one lowercase letter"
        }
        return nil
    }
}

/// A credential report: what it says, of what moment.
struct CredentialReport: Sendable {
    let made: Timestamp
    let text: String
}

/// A job that reports when services were last used by somebody, or by the parts of an organisation.
struct AccessJob: Sendable {
    let id: String
    /// The ARN that was asked for, or an organisation's path.
    let subject: String
    let byAction: Bool
    let isOfOrganization: Bool
    let started: Timestamp
}

/// The deletion of a service-linked role.
struct DeletionTask: Sendable {
    let id: String
    let started: Timestamp
}

/// When a service was last called by somebody.
struct IAMLastUse: Sendable {
    struct Key: Hashable, Sendable {
        let arn: String
        let service: String
    }

    var at: Timestamp
    var region: String
    /// The operation.
    var action: String
}

/// A request of a partner for rights in the account for a while.
struct DelegationRequest: Sendable {
    enum Status: String, Sendable {
        case unassigned = "UNASSIGNED"
        case assigned = "ASSIGNED"
        case pendingApproval = "PENDING_APPROVAL"
        case finalized = "FINALIZED"
        case accepted = "ACCEPTED"
        case rejected = "REJECTED"
        case expired = "EXPIRED"
    }

    let id: String
    /// What was asked for, as it was sent.
    let asked: Fields
    let requestor: Principal
    let created: Timestamp
    var owner: String?
    var approver: String?
    var status: Status
    var notes: String?
    var rejection: String?
    var updated: Timestamp
}
