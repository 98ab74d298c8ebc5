// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension WireError {
    /// The error as a service says it in a protocol beside its first: what every service may answer has other codes in
    /// forms than in JSON (`Throttling`, `ThrottlingException`). What the service models keeps its name, and a status
    /// that a scenario told is kept.
    public func spelt(in spoken: ProtocolName, of service: Service) -> WireError {
        guard let first = service.metadata.protocols.first, spoken != first,
            ErrorDialect(spoken) != ErrorDialect(first), service.error(shape) == nil, let family = ErrorFamily.of(code),
            let usual = family.row(ErrorDialect(first)), usual.code == code,
            let other = family.row(ErrorDialect(spoken))
        else { return self }
        var error = self
        (error.code, error.shape) = (other.code, other.shape)
        if status == usual.status ?? 400 { error.status = other.status ?? 400 }
        return error
    }
}
