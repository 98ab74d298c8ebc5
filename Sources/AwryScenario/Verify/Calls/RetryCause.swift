// SPDX-License-Identifier: Apache-2.0

import AwryModel

/// Why a client tried again, as SDKs see it.
enum RetryCause: Sendable, Hashable {
    case transient
    case throttle
    /// An answer of which only the client knows what it took it for.
    case unclear

    /// What an attempt's answer was to its client.
    init(_ entry: JournalEntry, in catalogue: Catalogue = .shared) {
        guard let delivery = entry.delivery, delivery.isWhole, entry.fault == nil, let status = delivery.status else {
            self = .transient
            return
        }
        // botocore 1.44.5 takes a status of 429 for a throttle unless a modelled error says otherwise, in which case
        // it does not try again (`retries/standard.py`, `ThrottlingStatusCodeChecker`).
        if status == 429 {
            self = .throttle
            return
        }
        guard let service = catalogue.service(entry.service), let operation = service.operation(entry.operation) else {
            self = .unclear
            return
        }
        switch ErrorDirectory.retry(code: delivery.error, status: status, operation: operation, service: service) {
        case .throttle: self = .throttle
        case .transient: self = .transient
        // A success is tried again where its body turned out to be none. A refusal whose code is in bytes written by
        // hand, or that only this client tries again, may be either.
        case .no: self = status < 400 ? .transient : .unclear
        }
    }
}
