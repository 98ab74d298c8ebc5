// SPDX-License-Identifier: Apache-2.0

/// What keeps a KMS key from use, as a scenario's `options` say. What is not named can be used.
public enum KMSKeyState: String, Sendable, Equatable, CaseIterable {
    /// Somebody disabled it.
    case disabled
    /// It waits to be deleted.
    case pendingDeletion
    /// Its material is yet to be imported.
    case pendingImport
    /// Its custom key store is out of reach.
    case unavailable
    /// There is none.
    case missing
    /// Its policy lets nobody use it.
    case denied
    /// KMS is asked too often.
    case throttled
    /// The account is not subscribed to its service.
    case notSubscribed
    /// It is not for encryption.
    case wrongUsage
}
