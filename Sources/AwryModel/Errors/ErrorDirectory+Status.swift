// SPDX-License-Identifier: Apache-2.0

/// What a bare status number means for an operation.
public enum StatusResolution: Sendable {
    case one(KnownError)
    /// More than one is possible, and none is the usual one.
    case several([KnownError])
    case none
}

extension ErrorDirectory {
    /// The operation's usual error of a status: `error: 404`.
    ///
    /// The service's table may name the usual one; else the only one that the operation models or that the service is
    /// known to send for it; else the common error of that status.
    public static func resolve(status: Int, operation: Operation, service: Service) -> StatusResolution {
        let builder = ErrorBuilder(service, operation)
        for row in builder.table.rows where row.isUsual && row.applies(to: operation, of: service) {
            if let error = own(row.shape, builder), error.status == status { return .one(error) }
        }
        let known = all(operation: operation, service: service).filter { $0.status == status }
        let own = known.filter { $0.origin == .operation || $0.origin == .wellKnown || isListed($0, builder) }
        if own.count == 1 { return .one(own[0]) }
        if own.count > 1 { return .several(own) }
        let usual = ErrorFamily.all.filter(\.isUsual).compactMap { member(of: $0, builder) }
        if let error = usual.first(where: { $0.status == status }), status != 400 { return .one(error) }
        switch known.count {
        case 0: return .none
        case 1: return .one(known[0])
        default: return .several(known)
        }
    }

    /// Whether the service's table says that it may well come from this operation, though only others model it.
    private static func isListed(_ error: KnownError, _ builder: ErrorBuilder) -> Bool {
        guard error.origin == .service, let operation = builder.operation else { return false }
        return builder.table.row(error.shape)?.applies(to: operation, of: builder.service) ?? false
    }
}
